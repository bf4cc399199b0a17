/** The look of the list under the badge. */

import { styled } from "@twilio/flex-ui";

import { optionalColor } from "../themed";

const FOCUS = optionalColor("focusColor");
const LINE = optionalColor("base4");

/** Marks the elements that the arrow keys move through. */
export const ITEM = { "data-flex-throttle-item": "" };

/** @returns these elements. */
export const findItems = (root: HTMLElement | null) =>
  Array.from(root?.querySelectorAll<HTMLElement>("[data-flex-throttle-item]") ?? []);

export const Heading = styled("h2")`
  margin: 0;
  padding: 12px 16px 8px;
  font-size: 14px;
  font-weight: bold;
`;
export const List = styled("ol")`
  margin: 0;
  padding: 0;
  list-style: none;
  overflow-y: auto;
  max-height: 40vh;
`;
export const Row = styled("li")`
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  padding: 6px 16px;
  border-top: 1px solid ${LINE};
  &:focus {
    outline: 2px solid ${FOCUS};
    outline-offset: -2px;
  }
`;
export const Position = styled("span")`
  flex: 0 0 28px;
`;
export const Description = styled("div")`
  flex: 1 1 0;
  min-width: 0;
`;
export const Name = styled("div")`
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
`;
export const Sentence = styled("div")`
  flex: 1 0 100%;
  overflow-wrap: anywhere;
`;
export const Muted = styled("div")`
  margin-top: 2px;
  opacity: 0.8;
`;
export const Note = styled("div")`
  &:not(:empty) {
    padding: 10px 16px;
    border-top: 1px solid ${LINE};
  }
`;
export const ListButton = styled("button")`
  flex: 0 0 auto;
  margin: 2px 0 2px 8px;
  padding: 4px 8px;
  border: 1px solid currentColor;
  border-radius: 4px;
  background: none;
  color: inherit;
  font: inherit;
  cursor: pointer;
  &:hover {
    background: ${optionalColor("base3", "none")};
  }
  &:focus {
    outline: 2px solid ${FOCUS};
    outline-offset: -2px;
  }
`;
export const Buttons = styled("div")`
  display: flex;
  flex: 1 0 auto;
  flex-wrap: wrap;
  justify-content: flex-end;
`;
