/** A table in a box that scrolls, also by keyboard. */

import React from "react";

import { TextKey, TextOf } from "../../texts/texts";

interface TableProps {
  readonly label: TextKey;
  readonly caption?: React.ReactNode;
  readonly columns: readonly TextKey[];
  /** How many columns contain words. Those after them contain numbers. */
  readonly wordColumns: number;
  /** Scrolls if there are many rows. */
  readonly isLong?: boolean;
  /** The rows. */
  readonly children: React.ReactNode;
  readonly text: TextOf;
}

export function Table({ label, caption, columns, wordColumns, isLong, children, text }: TableProps) {
  return (
    <div className={isLong ? "scroll long" : "scroll"} role="region" aria-label={text(label)} tabIndex={0}>
      <table>
        {caption && <caption>{caption}</caption>}
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th key={column} scope="col" className={index < wordColumns ? undefined : "number"}>
                {text(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** @param isAlert highlights the number. */
export function NumberCell({ isAlert, children }: { readonly isAlert?: boolean; readonly children: React.ReactNode }) {
  return <td className={isAlert ? "number alert" : "number"}>{children}</td>;
}
