/** Edits the name of a Flex Action. Applies it on Enter or blur: while typing, it may equal another Action's name. */

import React from "react";

import { TextOf } from "../../texts/texts";

interface NameInputProps {
  readonly id: string;
  readonly text: TextOf;
  /** The current name; empty for a new Action. */
  readonly name: string;
  /** Names already in use. */
  readonly otherNames: readonly string[];
  readonly isDisabled: boolean;
  readonly onName: (name: string) => void;
}

interface NameInputState {
  readonly typed: string;
  /** The name when typing started; resets the input when the name changes. */
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
        <label htmlFor={id}>{text("Setting.actions.*.title")}</label>
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
            onKeyDown={({ key }) => key === "Enter" && this.apply()}
            // A new Action is added by Enter or the button only.
            onBlur={name === "" ? undefined : this.apply}
          />
          {name === "" && (
            <button type="button" disabled={isDisabled || isTaken || typed.trim() === ""} onClick={this.apply}>
              {text("FormAddAction")}
            </button>
          )}
        </div>
        {isTaken && (
          <div className="problems" id={`${id}-problems`}>
            <p>{text("FormNameTaken")}</p>
          </div>
        )}
      </div>
    );
  }

  private isTaken(): boolean {
    return this.props.otherNames.includes(this.state.typed.trim());
  }

  private readonly apply = (): void => {
    const { name, onName } = this.props;
    const typed = this.state.typed.trim();
    if (this.isTaken() && name === "") return;
    const isNew = typed !== "" && typed !== name && !this.isTaken();
    this.setState({ typed: name });
    if (isNew) onName(typed);
  };
}
