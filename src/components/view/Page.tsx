/** The view's page: a tab with the current state in sections, and a tab with the settings form. */

import React from "react";

import { TextKey } from "../../texts/texts";
import { SettingsForm } from "../form/SettingsForm";
import { AdminServices } from "../services";
import { AccountBudget } from "./AccountBudget";
import { Events } from "./Events";
import { Exports } from "./Exports";
import { FlexFlowsBar } from "./FlexFlowsBar";
import { HistoryTable } from "./HistoryTable";
import { LimitsTable } from "./LimitsTable";
import { ViewRoot } from "./viewStyles";
import { ObservationSection } from "./ObservationSection";
import { ViewSnapshot } from "./viewSnapshot";
import { Problems } from "./Problems";
import { Tabs } from "./Tabs";
import { SnapshotPoller } from "./SnapshotPoller";

interface PageProps {
  readonly services: AdminServices;
  readonly onOpen: () => void;
}

export function Page({ services, onOpen }: PageProps) {
  return (
    <Tabs
      onOpen={onOpen}
      tabs={[
        {
          label: services.text("Setting.limits.title"),
          renderPanel: (selectNext) => (
            <SnapshotPoller
              services={services}
              renderSnapshot={(snapshot) => (
                <Sections key={snapshot.language} snapshot={snapshot} services={services} onShowForm={selectNext} />
              )}
            />
          ),
        },
        { label: services.text("FormTitle"), renderPanel: () => <SettingsForm services={services} /> },
      ]}
    />
  );
}

interface SectionsProps {
  readonly snapshot: ViewSnapshot;
  readonly services: AdminServices;
  readonly onShowForm: () => void;
}

function Sections({ snapshot, services, onShowForm }: SectionsProps) {
  const { text } = services;
  const { limits, flexFlows, events, lastEvent, problems, history, observation, accountBudget, settings } = snapshot;
  // First if there are problems, last otherwise.
  const settingsSection = (
    <Section title={text("FormTitle")}>
      <Problems problems={problems} text={text} onShowForm={onShowForm} />
    </Section>
  );
  return (
    <ViewRoot data-flex-throttle="view">
      <p className={snapshot.isCircuitBreakerOpen ? "alert" : undefined}>{text(getModeText(snapshot))}</p>
      <p className="muted">{text("ViewNote")}</p>
      {problems.length > 0 && settingsSection}
      <Section title={text("Setting.limits.*.perSecond.title")}>
        <LimitsTable limits={limits} services={services} />
      </Section>
      <Section title={text("Setting.account.title")}>
        <AccountBudget budget={accountBudget} services={services} />
      </Section>
      <Section title="Flex Flows">
        <FlexFlowsBar flexFlows={flexFlows} text={text} />
      </Section>
      <Section title={text("ViewHistory")}>
        <HistoryTable history={history} services={services} />
      </Section>
      {observation && (
        <Section title={text("ViewObserved")}>
          <ObservationSection {...{ observation, settings, services, onShowForm }} />
        </Section>
      )}
      <Section title={text("ViewEvents")}>
        <Events {...{ events, lastEvent, services }} />
      </Section>
      {/* Not at the top, where Flex's banners would cover it. */}
      <Section title={text("ViewExport")}>
        <Exports services={services} />
      </Section>
      {problems.length === 0 && settingsSection}
    </ViewRoot>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function getModeText({ mode, isCircuitBreakerOpen }: ViewSnapshot): TextKey {
  if (isCircuitBreakerOpen) return "ViewDisabled";
  const texts = {
    enforce: "ViewModeEnforce",
    observe: "ViewModeObserve",
    off: "ViewModeOff",
  } as const;
  return texts[mode];
}
