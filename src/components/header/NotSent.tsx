/** The calls that were not sent, until the agent dismisses them or makes them again. */

import React from "react";

import { UnreadDrop } from "../../state/slice";
import { describeDropped } from "../describeDropped";
import { LiveProps } from "../live";
import { Services } from "../services";
import { Buttons, Heading, ITEM, List, ListButton, Muted, Note, Row, Sentence } from "./listStyles";

/** More rows would be slow to render. */
const MAX_ROWS = 50;

export function NotSent({ throttle: { unread, notJoined }, services }: LiveProps) {
  const { text, dispatch } = services;
  if (unread.length === 0) return null;
  const heading = text("NotSent", { count: unread.length });
  const latestFirst = unread.slice(-MAX_ROWS).reverse();
  return (
    <div>
      <Heading>{heading}</Heading>
      <List aria-label={heading}>
        {latestFirst.map((drop) => (
          <Row key={drop.id} {...ITEM} tabIndex={-1}>
            <Sentence id={sentenceId(drop)}>{describeDropped(drop, services)}</Sentence>
            {drop.atMs !== undefined && <Muted>{text("At", { time: new Date(drop.atMs) })}</Muted>}
            <Buttons>
              {againButton(drop, notJoined, services)}
              <ListButton
                type="button"
                aria-describedby={sentenceId(drop)}
                onClick={() => dispatch({ type: "flex-throttle/DROPS_DISMISSED", id: drop.id })}
              >
                {text("Dismiss")}
              </ListButton>
            </Buttons>
          </Row>
        ))}
      </List>
      {unread.length > MAX_ROWS && <Note>{text("AndMore", { count: unread.length - MAX_ROWS })}</Note>}
      {unread.length > 1 && (
        <Note>
          <ListButton type="button" {...ITEM} onClick={() => dispatch({ type: "flex-throttle/DROPS_DISMISSED" })}>
            {text("DismissAll")}
          </ListButton>
        </Note>
      )}
    </div>
  );
}

const sentenceId = ({ id }: UnreadDrop) => `flex-throttle-not-sent-${id}`;

function againButton(drop: UnreadDrop, notJoined: readonly string[], services: Services) {
  const { text, joinAgain, sendAgain, dispatch } = services;
  const { chat, id, repeatId } = drop;
  const button = (label: string, onClick: () => void) => (
    <ListButton type="button" aria-describedby={sentenceId(drop)} onClick={onClick}>
      {label}
    </ListButton>
  );
  if (chat !== undefined && notJoined.includes(chat)) return button(text("JoinNow"), () => joinAgain(chat));
  if (repeatId === undefined) return null;
  return button(text("TryAgain"), () => {
    dispatch({ type: "flex-throttle/DROPS_DISMISSED", id });
    sendAgain(repeatId);
  });
}
