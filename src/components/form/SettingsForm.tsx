/** A form with every setting: checked while typing by what reads the settings, and compared with what is live. */

import React from "react";
import { connect } from "react-redux";

import { diffSettings } from "../../settings/diffSettings";
import { withEntry, withRenamedEntry, withoutEntry } from "../../settings/entries";
import { readSettings } from "../../settings/readSettings";
import { selectThrottle } from "../../state/selectors";
import { AdminServices } from "../services";
import { Draft, updateLive, isEqual, toJson, setInput, setText, createDraft, findSyntaxError, getText } from "./draft";
import { General, Queue, Telemetry } from "./general";
import { JsonEditor } from "./JsonEditor";
import { Limits } from "./limits";
import { CHANGES_ID, PROBLEMS_ID } from "./focusTargets";
import { ProblemList } from "./ProblemList";
import { locateProblems } from "./problems";
import { ApplyInstructions, ChangesTable } from "./review";
import { Actions, Routes } from "./actionsAndRoutes";
import { FormContext } from "./formContext";
import { FormRoot } from "./formStyles";
import { FormToolbar } from "./FormToolbar";

interface FormProps {
  readonly services: AdminServices;
}

/** What was being written when the form was left: whoever comes back from another view finds it again. */
const savedDrafts = new WeakMap<AdminServices, Draft>();

class Form extends React.Component<FormProps, Draft> {
  state = savedDrafts.get(this.props.services) ?? createDraft(this.props.services.written());

  static getDerivedStateFromProps({ services }: FormProps, draft: Draft): Draft {
    return updateLive(draft, services.written());
  }

  componentWillUnmount(): void {
    savedDrafts.set(this.props.services, this.state);
  }

  render() {
    const { text, stored } = this.props.services;
    const { input, live, isJsonMode, hasConflict } = this.state;
    const { settings, problems: found } = readSettings(input);
    const problems = locateProblems(input, found);
    const syntaxError = findSyntaxError(this.state);
    const changes = diffSettings(live, input);
    const isRight = problems.length === 0 && !syntaxError;
    const form: FormContext = { text, input, settings, problems, setEntry: this.set, renameEntry: this.rename };
    return (
      <FormRoot data-flex-throttle="view">
        <p className="about">{text("FlexThrottleFormIntro")}</p>
        <FormToolbar
          text={text}
          problemCount={problems.length}
          changeCount={changes.length}
          isJsonMode={isJsonMode}
          syntaxError={syntaxError}
          hasConflict={hasConflict}
          onJsonMode={(wanted) => this.change((draft) => ({ ...draft, isJsonMode: wanted }))}
          onDiscard={() => this.change(({ isJsonMode: stays }) => createDraft(this.props.services.written(), stays))}
          onKeep={() => this.change((draft) => ({ ...draft, hasConflict: false }))}
        />
        <div className="columns">
          <div className="entries">
            {isJsonMode ? (
              <JsonEditor
                text={text}
                value={getText(this.state)}
                syntaxError={syntaxError}
                onChange={(written) => this.change((draft) => setText(draft, written))}
              />
            ) : (
              <>
                <General form={form} />
                <Limits form={form} />
                <Actions form={form} />
                <Routes form={form} />
                <Queue form={form} />
                <Telemetry form={form} />
              </>
            )}
          </div>
          <div className="review">
            {/* What is no JSON cannot be compared; what was read last is not what stands there. */}
            {!syntaxError && (
              <>
                <ProblemList
                  text={text}
                  problems={problems}
                  hasFields={!isJsonMode}
                  onRemove={(path) => this.set(path, undefined, problems.length > 1 ? PROBLEMS_ID : CHANGES_ID)}
                />
                <ChangesTable text={text} changes={changes} />
              </>
            )}
            <ApplyInstructions
              text={text}
              json={isRight ? toJson(input) : undefined}
              isOverruled={!isEqual(stored(), live)}
            />
          </div>
        </div>
      </FormRoot>
    );
  }

  private change(next: (draft: Draft) => Draft, focus?: string): void {
    this.setState(next, () => focus && document.getElementById(focus)?.focus());
  }

  private readonly set: FormContext["setEntry"] = (path, value, focus) => {
    this.change(
      (draft) =>
        setInput(draft, value === undefined ? withoutEntry(draft.input, path) : withEntry(draft.input, path, value)),
      focus,
    );
  };

  private readonly rename: FormContext["renameEntry"] = (path, name) => {
    this.change((draft) => setInput(draft, withRenamedEntry(draft.input, path, name)));
  };
}

/** What it is drawn anew for: what is live changes, and the language with it. Not each step of the throttle. */
const mapStateToProps = (state: unknown) => ({
  problems: selectThrottle(state).problems,
  configuration: (state as { flex?: { config?: unknown } }).flex?.config,
});

export const SettingsForm = connect(mapStateToProps)(Form as never) as unknown as React.ComponentType<FormProps>;
