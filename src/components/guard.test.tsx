import "@testing-library/jest-dom";
import { render, screen } from "@testing-library/react";
import React from "react";

import { Guard } from "./guard";

test("removes and reports a component that throws, and keeps its siblings", () => {
  jest.spyOn(console, "error").mockImplementation(() => undefined);
  const failure = new Error("no");
  const Failing = () => {
    throw failure;
  };
  const reports: unknown[] = [];
  render(
    <div>
      <Guard report={(error) => reports.push(error)}>
        <Failing />
      </Guard>
      <p>Flex</p>
    </div>,
  );
  expect(reports).toEqual([failure]);
  expect(screen.getByText("Flex")).toBeInTheDocument();
});
