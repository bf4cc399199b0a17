/** A form with every setting. Validates while typing and shows the changes to the live settings. */

import React from "react";
import { connect } from "react-redux";

import { diffSettings, SettingsChange } from "../../settings/diffSettings";
import { withEntry, withRenamedEntry, withoutEntry } from "../../settings/entries";
import { readSettings, Settings } from "../../settings/readSettings";
import { SyntaxMistake } from "../../settings/settingsText";
import { selectThrottle } from "../../state/selectors";
import { AdminServices } from "../services";
import { Draft, updateLive, isEqual, toJson, setInput, setText, createDraft, findSyntaxError, getText } from "./draft";
import { AccountBudget, General, Queue, Telemetry } from "./general";
import { JsonEditor } from "./JsonEditor";
import { keepDraft, readDraft } from "./keptDraft";
import { Limits } from "./limits";
import { CHANGES_ID, focusElement, PROBLEMS_ID } from "./focusTargets";
import { ProblemList } from "./ProblemList";
import { isInEntry, LocatedProblem, locateProblems } from "./problems";
import { ApplyInstructions, ChangesTable } from "./review";
import { Actions, Routes } from "./actionsAndRoutes";
import { FormContext } from "./formContext";
import { FormRoot } from "./formStyles";
import { FormToolbar } from "./FormToolbar";

interface FormProps {
  readonly services: AdminServices;
}

/** Keeps the draft while another view is open. */
const savedDrafts = new WeakMap<AdminServices, Draft>();

const restoreDraft = (services: AdminServices) =>
  savedDrafts.get(services) ?? readDraft(services.account, services.written());

/** Changes the settings in the draft, while the form is not open. */
export function editDraft(services: AdminServices, edit: (input: unknown) => unknown): void {
  const before = restoreDraft(services);
  const draft = setInput(before, edit(before.input));
  savedDrafts.set(services, draft);
  keepDraft(services.account, draft);
}

class Form extends React.Component<FormProps, Draft> {
  state = restoreDraft(this.props.services);

  static getDerivedStateFromProps({ services }: FormProps, draft: Draft): Draft {
    return updateLive(draft, services.written());
  }

  componentDidUpdate(): void {
    keepDraft(this.props.services.account, this.state);
  }

  componentWillUnmount(): void {
    savedDrafts.set(this.props.services, this.state);
  }

  render() {
    const { text, written } = this.props.services;
    const { input, live, isJsonMode, hasConflict, isRestored, newEntry } = this.state;
    const { settings, problems: found } = readSettings(input);
    const isValid = found.length === 0;
    const problems = locateProblems(input, found).filter((problem) => !isInEntry(problem, newEntry));
    const syntaxError = findSyntaxError(this.state);
    const changes = diffSettings(live, input);
    return (
      <FormRoot data-flex-throttle="view">
        <p className="about">{text("FormIntro")}</p>
        <FormToolbar
          text={text}
          problemCount={problems.length}
          isComplete={isValid || problems.length > 0}
          changeCount={changes.length}
          isJsonMode={isJsonMode}
          syntaxError={syntaxError}
          notice={hasConflict ? "FormLiveChanged" : isRestored ? "FormRestored" : undefined}
          onJsonMode={(isJson) => this.change((draft) => ({ ...draft, isJsonMode: isJson }))}
          onDiscard={() => this.change((draft) => createDraft(written(), draft.isJsonMode))}
          onKeep={() => this.change((draft) => ({ ...draft, hasConflict: false, isRestored: false }))}
        />
        <div className="columns">
          <div className="entries">
            {isJsonMode ? this.renderJsonEditor(syntaxError) : this.renderFields(settings, problems)}
          </div>
          <div className="review">{this.renderReview(problems, changes, isValid, syntaxError)}</div>
        </div>
      </FormRoot>
    );
  }

  private renderJsonEditor(syntaxError: SyntaxMistake | undefined) {
    return (
      <JsonEditor
        text={this.props.services.text}
        value={getText(this.state)}
        syntaxError={syntaxError}
        onChange={(json) => this.change((draft) => setText(draft, json))}
      />
    );
  }

  private renderFields(settings: Settings, problems: readonly LocatedProblem[]) {
    const { text } = this.props.services;
    const { input } = this.state;
    const { setEntry, renameEntry, addEntry, finishEntry } = this;
    const form: FormContext = { text, input, settings, problems, setEntry, renameEntry, addEntry, finishEntry };
    return (
      <>
        <General form={form} />
        <Limits form={form} />
        <Actions form={form} />
        <Routes form={form} />
        <Queue form={form} />
        <AccountBudget form={form} />
        <Telemetry form={form} />
      </>
    );
  }

  /** Hides problems and changes while there is a syntax error: `input` is older than the text then. */
  private renderReview(
    problems: readonly LocatedProblem[],
    changes: readonly SettingsChange[],
    isValid: boolean,
    syntaxError: SyntaxMistake | undefined,
  ) {
    const { text, stored } = this.props.services;
    const { input, live, isJsonMode } = this.state;
    const isOverruled = !isEqual(stored(), live);
    return (
      <>
        {!syntaxError && (
          <>
            <ProblemList
              text={text}
              problems={problems}
              hasFields={!isJsonMode}
              onShowField={(id) => this.setState({ isJsonMode: false }, () => focusElement(id))}
              onRemove={(path) => this.setEntry(path, undefined, problems.length > 1 ? PROBLEMS_ID : CHANGES_ID)}
            />
            <ChangesTable text={text} changes={changes} />
          </>
        )}
        {(syntaxError || changes.length > 0 || isOverruled) && (
          <ApplyInstructions
            text={text}
            json={isValid && !syntaxError ? toJson(input) : undefined}
            isOverruled={isOverruled}
          />
        )}
      </>
    );
  }

  private change(next: (draft: Draft) => Draft, focusId?: string): void {
    this.setState(next, () => focusId && document.getElementById(focusId)?.focus());
  }

  private readonly setEntry: FormContext["setEntry"] = (path, value, focusId) => {
    this.change(
      (draft) =>
        setInput(draft, value === undefined ? withoutEntry(draft.input, path) : withEntry(draft.input, path, value)),
      focusId,
    );
  };

  private readonly addEntry: FormContext["addEntry"] = (path, focusId) => {
    this.change((draft) => ({ ...setInput(draft, withEntry(draft.input, path, {})), newEntry: path }), focusId);
  };

  private readonly finishEntry = (): void => {
    if (this.state.newEntry) this.change((draft) => ({ ...draft, newEntry: undefined }));
  };

  private readonly renameEntry: FormContext["renameEntry"] = (path, name) => {
    this.change((draft) => setInput(draft, withRenamedEntry(draft.input, path, name)));
  };
}

/** Re-renders when the live settings or the language change, not on every change of the throttle. */
const mapStateToProps = (state: unknown) => ({
  problems: selectThrottle(state).problems,
  configuration: (state as { flex?: { config?: unknown } }).flex?.config,
});

export const SettingsForm = connect(mapStateToProps)(Form as never) as unknown as React.ComponentType<FormProps>;
