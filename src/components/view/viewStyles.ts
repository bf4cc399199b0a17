/** Styles of the view, in the colors of Flex's current theme. */

import { styled } from "@twilio/flex-ui";

import { color, textColor, themed } from "../themed";

/** Flex's error color has too little contrast on a dark background. */
const alertColor = themed(({ calculated, colors }) => (calculated.lightTheme ? colors.errorColor : "#ff8a80"));

export const ViewRoot = styled("div")`
  flex: 1 1 auto;
  min-width: 0;
  overflow: auto;
  padding: 16px 24px 32px;
  background: ${color("base1")};
  color: ${textColor};
  font-size: 12px;
  line-height: 1.5;

  h2,
  h3 {
    margin: 0 0 8px;
    font-weight: bold;
  }
  h2 {
    font-size: 14px;
  }
  h3 {
    margin-top: 16px;
    font-size: 12px;
  }
  section {
    margin-top: 24px;
    padding-top: 16px;
    border-top: 1px solid ${color("base3")};
  }
  p,
  ul {
    margin: 0 0 8px;
  }
  ul {
    padding-left: 18px;
    list-style: disc;
  }
  .muted,
  caption,
  .unused th,
  .unused td {
    color: ${color("base8")};
  }
  .alert {
    color: ${alertColor};
  }
  .alert,
  .strong {
    font-weight: bold;
  }
  .scroll {
    margin-bottom: 8px;
    overflow: auto;
    border: 1px solid ${color("base3")};
  }
  .scroll.long {
    max-height: 420px;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  caption {
    padding: 6px 8px;
    caption-side: bottom;
    text-align: left;
  }
  th,
  td {
    padding: 5px 8px;
    text-align: left;
    vertical-align: middle;
    white-space: nowrap;
    border-bottom: 1px solid ${color("base2")};
  }
  thead th {
    position: sticky;
    top: 0;
    background: ${color("base2")};
    vertical-align: bottom;
    white-space: normal;
    word-break: keep-all;
  }
  tbody th {
    font-weight: normal;
  }
  .number {
    text-align: right;
  }
  td.cause {
    max-width: 200px;
    white-space: normal;
  }
  .cause div {
    font-weight: normal;
  }
  .plotCell,
  .plot {
    display: flex;
  }
  .plotCell button {
    align-self: center;
    margin-left: 8px;
    padding: 0 8px;
  }
  .plot svg {
    flex: none;
    width: 150px;
    height: 24px;
    border: solid ${color("base8")};
    border-width: 0 0 1px 1px;
  }
  .plot.large {
    max-width: 900px;
    white-space: normal;
  }
  .plot.large > :last-child {
    flex: auto;
  }
  .plot.large svg {
    width: 100%;
    height: 120px;
  }
  .plot .scale {
    display: flex;
    flex-direction: column;
    justify-content: space-between;
    width: 24px;
    height: 24px;
    margin-right: 4px;
    font-size: 10px;
    line-height: 1;
    text-align: right;
  }
  .plot.large .scale {
    height: 120px;
  }
  .plot .axis {
    display: flex;
    justify-content: space-between;
  }
  .plot .columns {
    fill: ${color("defaultButtonColor")};
  }
  .plot .pauses {
    fill: ${alertColor};
    opacity: 0.2;
  }
  .plot .line {
    fill: none;
    stroke: ${color("base8")};
    vector-effect: non-scaling-stroke;
  }
  .plot .configured {
    stroke-dasharray: 4 3;
  }
  .plot .adaptive,
  .plot .marks {
    stroke: ${alertColor};
  }
  .plot .marks {
    stroke-width: 3;
  }
  .plot .selected {
    stroke: currentColor;
  }
  .meter {
    height: 12px;
    max-width: 480px;
    margin-bottom: 4px;
    border: 1px solid ${color("base8")};
    border-radius: 6px;
    overflow: hidden;
  }
  .meter > div {
    height: 100%;
    background: ${color("defaultButtonColor")};
  }
  .buttons,
  .choices {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    margin-bottom: 8px;
  }
  .buttons > *,
  .choices > * {
    margin-right: 8px;
  }
  .choices input {
    margin: 0 4px 0 0;
  }
  .choices label {
    display: flex;
    align-items: center;
  }
  [role="status"]:not(:empty) {
    margin-left: 8px;
  }
  button {
    padding: 4px 12px;
    border: 1px solid ${color("base8")};
    border-radius: 100px;
    background: transparent;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  button:hover,
  button[aria-pressed="true"] {
    background: ${color("base2")};
  }
  a {
    color: inherit;
  }
  button.link {
    padding: 0 2px;
    border: 0;
    text-decoration: underline;
  }
  button:focus,
  input:focus,
  svg:focus,
  .scroll:focus {
    outline: 2px solid ${color("focusColor")};
    outline-offset: 1px;
  }
`;
