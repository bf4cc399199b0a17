/** The name of a Flex Action. It is written once it is done: on the way to it, it may be that of another. */

import React from "react";

import { TextOf } from "../../texts/texts";

interface NameInputProps {
  readonly id: string;
  readonly text: TextOf;
  /** As it is written; empty for one that is still to be added. */
  readonly name: string;
  /** Those that are taken. */
  readonly otherNames: readonly string[];
  readonly isDisabled: boolean;
  readonly onName: (name: string) => void;
}

interface NameInputState {
  readonly typed: string;
  /** The name that it was typed over. */
  readonly replacedName: string;
}

export class NameInput extends React.Component<NameInputProps, NameInputState> {
  state = { typed: this.props.name, replacedName: this.props.name };

  static getDerivedStateFromProps({ name }: NameInputProps, { replacedName }: NameInputState) {
    return name === replacedName ? null : { typed: name, replacedName: name };
  }

  render() {
    const { id, text, name, isDisabled } = this.props;
    const { typed } = this.state;
    const isTaken = this.isTaken();
    return (
      <div className="field">
        <label htmlFor={id}>{text("FlexThrottleSetting.actions.*.title")}</label>
        <div className="row">
          <input
            id={id}
            type="text"
            autoComplete="off"
            spellCheck={false}
            disabled={isDisabled}
            value={typed}
            aria-invalid={isTaken || undefined}
            aria-describedby={isTaken ? `${id}-problems` : undefined}
            onChange={({ target }) => this.setState({ typed: target.value })}
            onKeyDown={({ key }) => key === "Enter" && this.finish()}
            // The name of a new one is not finished by going elsewhere.
            onBlur={name === "" ? undefined : this.finish}
          />
          {name === "" && (
            <button type="button" disabled={isDisabled || isTaken || typed.trim() === ""} onClick={this.finish}>
              {text("FlexThrottleFormAddAction")}
            </button>
          )}
        </div>
        {isTaken && (
          <div className="problems" id={`${id}-problems`}>
            <p>{text("FlexThrottleFormNameTaken")}</p>
          </div>
        )}
      </div>
    );
  }

  private isTaken(): boolean {
    return this.props.otherNames.includes(this.state.typed.trim());
  }

  private readonly finish = (): void => {
    const { name, onName } = this.props;
    const typed = this.state.typed.trim();
    if (this.isTaken() && name === "") return;
    const isNew = typed !== "" && typed !== name && !this.isTaken();
    this.setState({ typed: name });
    if (isNew) onName(typed);
  };
}
