/**
 * Styles of the form. One styled root instead of many styled components: the form has some hundred fields, and plain
 * elements render faster.
 */
/* oxlint-disable max-lines -- One style sheet, read as a whole. */

import { styled } from "@twilio/flex-ui";

import { color, textColor, themed } from "../themed";

const PAGE = color("base1");
const PANEL = color("base2");
const LINE = color("base4");
/** Border of a control, darker than `LINE` so that controls stand out. */
const EDGE = color("base7");
const MUTED = color("base8");
const FOCUS = color("focusColor");
const ERROR = color("errorColor");
const CHANGED = color("defaultButtonColor");

/**
 * `padding`: none at the top, where content would show above the sticky toolbar. `.changes`: long values do not narrow the
 * column of names. The comments are here because the bundle would contain those in the style sheet.
 */
export const FormRoot = styled("div")`
  box-sizing: border-box;
  flex: 1 1 auto;
  min-height: 0;
  padding: 0 24px 40px;
  overflow: auto;
  background: ${PAGE};
  color: ${textColor};
  font-size: 13px;
  line-height: 1.45;
  color-scheme: ${themed(({ calculated }) => (calculated.lightTheme ? "light" : "dark"))};

  *,
  *::before {
    box-sizing: border-box;
  }
  h2 {
    margin: 0 0 4px;
    font-size: 15px;
    font-weight: 600;
  }
  h3 {
    margin: 0;
    font-size: 13px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  p {
    margin: 0 0 8px;
  }
  code {
    overflow-wrap: anywhere;
  }
  section {
    padding: 16px 0;
    border-top: 1px solid ${LINE};
  }
  > .about {
    margin-top: 12px;
  }
  .about {
    color: ${MUTED};
    font-size: 12px;
    max-width: 75ch;
  }

  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    grid-column-gap: 32px;
    max-width: 1600px;
  }
  .review section:first-child,
  .entries > section:first-child {
    border-top: 0;
  }
  @media (min-width: 1200px) {
    .columns {
      grid-template-columns: minmax(0, 1fr) minmax(360px, 34%);
    }
    .review {
      position: sticky;
      top: 48px;
      align-self: start;
      max-height: calc(100vh - 190px);
      overflow: auto;
      padding: 0 2px;
    }
    .has-notice + .columns .review {
      top: 124px;
      max-height: calc(100vh - 266px);
    }
  }

  .toolbar {
    position: sticky;
    top: -1px;
    z-index: 1;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    min-height: 48px;
    margin: 0 -24px;
    padding: 6px 24px;
    background: ${PANEL};
    border-bottom: 1px solid ${LINE};
  }
  .toolbar > * {
    margin-right: 16px;
  }
  .modes {
    display: flex;
  }
  .modes button {
    border-radius: 0;
  }
  .modes button:first-child {
    border-radius: 4px 0 0 4px;
  }
  .modes button:last-child {
    border-radius: 0 4px 4px 0;
    border-left: 0;
  }
  .modes button[aria-pressed="true"] {
    background: ${textColor};
    color: ${PAGE};
    border-color: ${textColor};
  }
  .invalid {
    font-weight: 600;
  }
  .invalid::before,
  .problems p::before {
    content: "!";
    display: inline-block;
    width: 16px;
    height: 16px;
    margin-right: 6px;
    border-radius: 8px;
    background: ${ERROR};
    color: #fff;
    font-weight: 700;
    font-size: 12px;
    line-height: 16px;
    text-align: center;
  }
  .notice {
    flex: 1 0 100%;
    margin: 8px 0 4px;
    padding: 2px 0 2px 10px;
    border-left: 3px solid ${CHANGED};
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    margin-top: 6px;
  }
  li p {
    margin: 0 0 4px;
    overflow-wrap: anywhere;
  }

  .field,
  .cell {
    min-width: 0;
    margin: 12px 0 0 -11px;
    padding: 0 0 0 8px;
    border: 0;
    border-left: 3px solid transparent;
  }
  .is-written {
    border-left-color: ${CHANGED};
  }
  .field .about {
    margin: 4px 0 0;
  }
  .card-head {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
  }
  label,
  legend {
    padding: 0;
    font-weight: 600;
  }
  .checkboxes label {
    font-weight: 400;
  }
  .row,
  .buttons {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
  }
  .buttons {
    align-items: center;
  }
  .row > *,
  .buttons > * {
    margin-right: 12px;
  }
  .wide {
    flex: 1 1 320px;
    min-width: 0;
    margin-right: 0;
  }

  input[type="text"],
  select,
  textarea,
  button {
    min-height: 30px;
    padding: 4px 8px;
    border: 1px solid ${EDGE};
    border-radius: 4px;
    background: ${PAGE};
    color: ${textColor};
    font: inherit;
  }
  input[type="text"],
  select,
  textarea {
    display: block;
    width: 100%;
    max-width: 420px;
  }
  select option {
    background: ${PAGE};
    color: ${textColor};
  }
  .wide input[type="text"],
  textarea {
    max-width: none;
  }
  textarea {
    margin-top: 8px;
    resize: vertical;
  }
  code,
  pre,
  textarea {
    font-family: Menlo, Consolas, "DejaVu Sans Mono", monospace;
    font-size: 12px;
  }
  input.number {
    max-width: 200px;
  }
  input::placeholder {
    color: ${MUTED};
    opacity: 1;
  }
  [aria-invalid="true"] {
    border-color: ${ERROR};
    box-shadow: 0 0 0 1px ${ERROR};
  }
  fieldset[aria-invalid="true"] {
    border-color: transparent;
    box-shadow: none;
  }
  *:disabled {
    opacity: 0.6;
  }
  *:focus {
    outline: 2px solid ${FOCUS};
    outline-offset: 1px;
  }

  button {
    padding: 4px 12px;
    cursor: pointer;
  }
  button:disabled {
    cursor: default;
  }
  button:hover:not(:disabled) {
    border-color: ${textColor};
  }
  button.link {
    min-height: 0;
    padding: 0 2px;
    border: 0;
    background: none;
    text-decoration: underline;
    text-align: left;
  }
  button.icon {
    width: 30px;
    margin-left: 4px;
    padding: 0;
    font-size: 15px;
  }

  .problems {
    margin: 4px 0 0;
    overflow-wrap: anywhere;
  }
  .problems p {
    margin: 2px 0;
  }

  table {
    width: 100%;
    border-collapse: collapse;
  }
  th {
    text-align: left;
    font-weight: 600;
  }
  td,
  th {
    padding: 4px 12px 4px 0;
    vertical-align: top;
  }
  tr.about td {
    padding-bottom: 8px;
  }
  .limits {
    max-width: 860px;
  }
  .limits tbody th {
    padding-top: 11px;
    font-weight: 400;
    white-space: nowrap;
  }
  .limits tbody tr,
  .changes tbody tr {
    border-top: 1px solid ${LINE};
  }
  .limits td {
    width: 36%;
  }
  .cell {
    display: flex;
    flex-wrap: wrap;
    margin-top: 0;
  }
  .cell input.number {
    width: 130px;
  }
  .cell .problems {
    flex: 1 0 100%;
  }
  .changes {
    table-layout: fixed;
  }
  .changes thead th {
    width: 25%;
  }
  .changes thead th:first-child {
    width: 50%;
  }
  .changes th {
    font-weight: 400;
  }
  .changes em {
    color: ${MUTED};
  }

  .card {
    margin: 12px 0;
    padding: 12px;
    border: 1px solid ${LINE};
    border-radius: 4px;
  }
  .checkboxes {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(230px, 1fr));
    margin-top: 4px;
  }
  .unknown-limit {
    text-decoration: underline wavy ${ERROR};
  }

  pre {
    margin: 0 0 8px;
    padding: 10px;
    max-height: 300px;
    overflow: auto;
    border: 1px solid ${LINE};
    border-radius: 4px;
    background: ${PANEL};
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
`;
