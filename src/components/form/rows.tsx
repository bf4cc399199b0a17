/** The Flex Actions and HTTP calls that an admin names: rows that can be added and taken away. */

import React from "react";

import { canSetEntry, rowKeys } from "../../settings/entries";
import { Path } from "../../settings/path";
import { METHODS, ON_BURST } from "../../settings/schema";
import { Choice, Labelled, LimitTicks, Reset, TextBox } from "./controls";
import { NameBox } from "./NameBox";
import { fieldAt, idOf, Sheet } from "./sheet";

const ADD_ACTION = idOf(["actions", "+"]);
const ADD_ROUTE = idOf(["routes", "+"]);

export function Actions({ sheet }: { sheet: Sheet }) {
  const { text } = sheet;
  const names = rowKeys(sheet.input, "actions");
  return (
    <section>
      <h2>{text("FlexThrottleSetting.actions.title")}</h2>
      <p className="about">{text("FlexThrottleSetting.actions.description")}</p>
      {names.map((name, at) => (
        <Action key={at} sheet={sheet} name={name} names={names} />
      ))}
      <NameBox
        id={ADD_ACTION}
        text={text}
        name=""
        others={names}
        isDisabled={!canSetEntry(sheet.input, ["actions", ""])}
        onName={(name) => sheet.set(["actions", name], {}, idOf(["actions", name, "limits"]))}
      />
    </section>
  );
}

function Action({ sheet, name, names }: { sheet: Sheet; name: string; names: readonly string[] }) {
  const { text, settings } = sheet;
  const onBurst = fieldAt(sheet, ["actions", name, "onBurst"]);
  return (
    <Row sheet={sheet} path={["actions", name]} title={name} add={ADD_ACTION}>
      <p className="about">{text("FlexThrottleSetting.actions.*.description")}</p>
      <NameBox
        id={idOf(["actions", name])}
        text={text}
        name={name}
        others={names.filter((other) => other !== name)}
        isDisabled={false}
        onName={(newName) => sheet.rename(["actions", name], newName)}
      />
      <LimitTicks field={fieldAt(sheet, ["actions", name, "limits"])} sheet={sheet} />
      <Labelled field={onBurst} text={text} reset={<Reset field={onBurst} standard={settings.onBurst} sheet={sheet} />}>
        <Choice
          field={onBurst}
          sheet={sheet}
          values={ON_BURST}
          unset={text("FlexThrottleFormAsOthers", { value: settings.onBurst })}
        />
      </Labelled>
    </Row>
  );
}

export function Routes({ sheet }: { sheet: Sheet }) {
  const { text } = sheet;
  const places = rowKeys(sheet.input, "routes");
  const next: Path = ["routes", places.length];
  return (
    <section>
      <h2>{text("FlexThrottleSetting.routes.title")}</h2>
      <p className="about">{text("FlexThrottleSetting.routes.description")}</p>
      {places.map((place) => (
        <Route key={place} sheet={sheet} place={place} />
      ))}
      <button
        type="button"
        id={ADD_ROUTE}
        disabled={!canSetEntry(sheet.input, next)}
        onClick={() => sheet.set(next, {}, idOf([...next, "method"]))}
      >
        {text("FlexThrottleFormAddRoute")}
      </button>
    </section>
  );
}

function Route({ sheet, place }: { sheet: Sheet; place: number }) {
  const { text } = sheet;
  const method = fieldAt(sheet, ["routes", place, "method"]);
  const url = fieldAt(sheet, ["routes", place, "url"]);
  const title = text("FlexThrottleFormNumbered", {
    name: text("FlexThrottleSetting.routes.*.title"),
    number: place + 1,
  });
  return (
    <Row sheet={sheet} path={["routes", place]} title={title} add={ADD_ROUTE}>
      <p className="about">{text("FlexThrottleSetting.routes.*.description")}</p>
      <div className="row">
        <Labelled field={method} text={text}>
          <Choice field={method} sheet={sheet} values={METHODS} unset={text("FlexThrottleFormChoose")} />
        </Labelled>
        <div className="wide">
          <Labelled field={url} text={text}>
            <TextBox field={url} sheet={sheet} />
          </Labelled>
        </div>
      </div>
      <LimitTicks field={fieldAt(sheet, ["routes", place, "limits"])} sheet={sheet} />
    </Row>
  );
}

/** @param add id of what adds a row, which gets the focus when this one is taken away. */
function Row({
  sheet,
  path,
  title,
  add,
  children,
}: {
  sheet: Sheet;
  path: Path;
  title: string;
  add: string;
  children: React.ReactNode;
}) {
  const { text } = sheet;
  return (
    <div className="card" role="group" aria-label={title}>
      <div className="card-head">
        <h3>{title}</h3>
        <button
          type="button"
          aria-label={text("FlexThrottleFormRemoveNamed", { name: title })}
          onClick={() => sheet.set(path, undefined, add)}
        >
          {text("FlexThrottleFormRemove")}
        </button>
      </div>
      {children}
    </div>
  );
}
