/** Settings for Flex Actions and HTTP calls: cards that can be added and removed. */

import React from "react";

import { canSetEntry, rowKeys } from "../../settings/entries";
import { Path } from "../../settings/path";
import { METHODS, ON_BURST } from "../../settings/schema";
import { Select, LabeledField, LimitCheckboxes, TextInput } from "./controls";
import { NameInput } from "./NameInput";
import { getField, toElementId, FormContext } from "./formContext";

const ADD_ACTION_ID = toElementId(["actions", "+"]);
const ADD_ROUTE_ID = toElementId(["routes", "+"]);

export function Actions({ form }: { form: FormContext }) {
  const { text } = form;
  const names = rowKeys(form.input, "actions");
  return (
    <section>
      <h2>{text("Setting.actions.title")}</h2>
      <p className="about">{text("Setting.actions.description")}</p>
      {names.map((name, index) => (
        <Action key={index} form={form} name={name} names={names} />
      ))}
      <NameInput
        id={ADD_ACTION_ID}
        text={text}
        name=""
        otherNames={names}
        isDisabled={!canSetEntry(form.input, ["actions", ""])}
        onName={(name) => form.addEntry(["actions", name], toElementId(["actions", name, "limits"]))}
      />
    </section>
  );
}

function Action({ form, name, names }: { form: FormContext; name: string; names: readonly string[] }) {
  const { text, settings } = form;
  const label = getField(form, ["actions", name, "label"]);
  const onBurst = getField(form, ["actions", name, "onBurst"]);
  return (
    <RemovableCard form={form} path={["actions", name]} title={name} addId={ADD_ACTION_ID}>
      <NameInput
        id={toElementId(["actions", name])}
        text={text}
        name={name}
        otherNames={names.filter((other) => other !== name)}
        isDisabled={false}
        onName={(newName) => form.renameEntry(["actions", name], newName)}
      />
      <LabeledField field={label}>
        <TextInput field={label} placeholder={name} />
      </LabeledField>
      <LimitCheckboxes field={getField(form, ["actions", name, "limits"])} />
      <LabeledField field={onBurst} defaultValue={settings.onBurst}>
        <Select field={onBurst} values={ON_BURST} unset={text("FormAsOthers", { value: settings.onBurst })} />
      </LabeledField>
    </RemovableCard>
  );
}

export function Routes({ form }: { form: FormContext }) {
  const { text } = form;
  const indexes = rowKeys(form.input, "routes");
  const next: Path = ["routes", indexes.length];
  return (
    <section>
      <h2>{text("Setting.routes.title")}</h2>
      <p className="about">{text("Setting.routes.description")}</p>
      {indexes.map((index) => (
        <Route key={index} form={form} index={index} />
      ))}
      <button
        type="button"
        id={ADD_ROUTE_ID}
        disabled={!canSetEntry(form.input, next)}
        onClick={() => form.addEntry(next, toElementId([...next, "method"]))}
      >
        {text("FormAddRoute")}
      </button>
    </section>
  );
}

function Route({ form, index }: { form: FormContext; index: number }) {
  const { text } = form;
  const method = getField(form, ["routes", index, "method"]);
  const url = getField(form, ["routes", index, "url"]);
  const title = text("FormNumbered", {
    name: text("Setting.routes.*.title"),
    number: index + 1,
  });
  return (
    <RemovableCard form={form} path={["routes", index]} title={title} addId={ADD_ROUTE_ID}>
      <div className="row">
        <LabeledField field={method}>
          <Select field={method} values={METHODS} unset={text("FormChoose")} />
        </LabeledField>
        <div className="wide">
          <LabeledField field={url}>
            <TextInput field={url} />
          </LabeledField>
        </div>
      </div>
      <LimitCheckboxes field={getField(form, ["routes", index, "limits"])} />
    </RemovableCard>
  );
}

/** @param addId id of the element that adds a card; gets the focus after removal. */
function RemovableCard({
  form,
  path,
  title,
  addId,
  children,
}: {
  form: FormContext;
  path: Path;
  title: string;
  addId: string;
  children: React.ReactNode;
}) {
  const { text } = form;
  return (
    <div
      className="card"
      role="group"
      aria-label={title}
      onBlur={({ currentTarget, relatedTarget }) =>
        currentTarget.contains(relatedTarget as Node | null) || form.finishEntry()
      }
    >
      <div className="card-head">
        <h3>{title}</h3>
        <button
          type="button"
          aria-label={text("FormRemoveNamed", { name: title })}
          onClick={() => form.setEntry(path, undefined, addId)}
        >
          {text("FormRemove")}
        </button>
      </div>
      {children}
    </div>
  );
}
