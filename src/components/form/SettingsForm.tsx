/** A form with every setting: checked while typing by what reads the settings, and compared with what is live. */

import React from "react";
import { connect } from "react-redux";

import { diffSettings } from "../../settings/diffSettings";
import { withEntry, withRenamedEntry, withoutEntry } from "../../settings/entries";
import { readSettings } from "../../settings/readSettings";
import { selectThrottle } from "../../state/selectors";
import { AdminServices } from "../services";
import { Draft, follow, isSame, jsonOf, setInput, setText, startFrom, textMistake, textOf } from "./draft";
import { General, Queue, Telemetry } from "./general";
import { JsonText } from "./JsonText";
import { Limits } from "./limits";
import { DIFFERENCE, PROBLEMS } from "./places";
import { ProblemList } from "./ProblemList";
import { placeProblems } from "./problems";
import { Apply, Difference } from "./review";
import { Actions, Routes } from "./rows";
import { Sheet } from "./sheet";
import { FormStyle } from "./style";
import { Summary } from "./summary";

interface FormProps {
  readonly services: AdminServices;
}

/** What was being written when the form was left: whoever comes back from another view finds it again. */
const LEFT = new WeakMap<AdminServices, Draft>();

class Form extends React.Component<FormProps, Draft> {
  state = LEFT.get(this.props.services) ?? startFrom(this.props.services.written());

  static getDerivedStateFromProps({ services }: FormProps, draft: Draft): Draft {
    return follow(draft, services.written());
  }

  componentWillUnmount(): void {
    LEFT.set(this.props.services, this.state);
  }

  render() {
    const { text, stored } = this.props.services;
    const { input, live, isText, isOvertaken } = this.state;
    const { settings, problems: found } = readSettings(input);
    const problems = placeProblems(input, found);
    const mistake = textMistake(this.state);
    const changes = diffSettings(live, input);
    const isRight = problems.length === 0 && !mistake;
    const sheet: Sheet = { text, input, settings, problems, set: this.set, rename: this.rename };
    return (
      <FormStyle data-flex-throttle="view">
        <p className="about">{text("FlexThrottleFormIntro")}</p>
        <Summary
          text={text}
          problemCount={problems.length}
          changeCount={changes.length}
          isText={isText}
          mistake={mistake}
          isOvertaken={isOvertaken}
          onText={(wanted) => this.change((draft) => ({ ...draft, isText: wanted }))}
          onStartAgain={() => this.change(({ isText: stays }) => startFrom(this.props.services.written(), stays))}
          onKeep={() => this.change((draft) => ({ ...draft, isOvertaken: false }))}
        />
        <div className="columns">
          <div className="entries">
            {isText ? (
              <JsonText
                text={text}
                value={textOf(this.state)}
                mistake={mistake}
                onChange={(written) => this.change((draft) => setText(draft, written))}
              />
            ) : (
              <>
                <General sheet={sheet} />
                <Limits sheet={sheet} />
                <Actions sheet={sheet} />
                <Routes sheet={sheet} />
                <Queue sheet={sheet} />
                <Telemetry sheet={sheet} />
              </>
            )}
          </div>
          <div className="review">
            {/* What is no JSON cannot be compared; what was read last is not what stands there. */}
            {!mistake && (
              <>
                <ProblemList
                  text={text}
                  problems={problems}
                  hasFields={!isText}
                  onRemove={(path) => this.set(path, undefined, problems.length > 1 ? PROBLEMS : DIFFERENCE)}
                />
                <Difference text={text} changes={changes} />
              </>
            )}
            <Apply text={text} json={isRight ? jsonOf(input) : undefined} isOverruled={!isSame(stored(), live)} />
          </div>
        </div>
      </FormStyle>
    );
  }

  private change(next: (draft: Draft) => Draft, focus?: string): void {
    this.setState(next, () => focus && document.getElementById(focus)?.focus());
  }

  private readonly set: Sheet["set"] = (path, value, focus) => {
    this.change(
      (draft) =>
        setInput(draft, value === undefined ? withoutEntry(draft.input, path) : withEntry(draft.input, path, value)),
      focus,
    );
  };

  private readonly rename: Sheet["rename"] = (path, name) => {
    this.change((draft) => setInput(draft, withRenamedEntry(draft.input, path, name)));
  };
}

/** What it is drawn anew for: what is live changes, and the language with it. Not each step of the throttle. */
const redrawnFor = (state: unknown) => ({
  problems: selectThrottle(state).problems,
  configuration: (state as { flex?: { config?: unknown } }).flex?.config,
});

export const SettingsForm = connect(redrawnFor)(Form as never) as unknown as React.ComponentType<FormProps>;
