import { Link } from '@tanstack/react-router';
import { Input } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useSession } from '../app/session';
import { AnyMarket, useCounterMarket } from '../counter/market';
import { HireFiguresDocument, type HireFiguresQuery } from '../gql/graphql';
import { Figure } from '../kit/facts';
import { today, useFormat } from '../kit/format';
import { Labelled } from '../kit/labelled';
import { Page } from '../kit/page';
import { Loaded, Nothing } from '../kit/state';
import { DataTable } from '../kit/table';
import { HireRulesCard } from './rules';

type Data = NonNullable<HireFiguresQuery['quickHireFigures']>;

/** A day some days before another. */
const before = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);

/** How quick quick hire was (快招统计), and by which rules it goes. */
export function HireFigures() {
  const t = useT();
  const { can } = useSession();
  return (
    <Page title={t('figures.title')} lead={t('figures.lead')}>
      {can('hiring.figures') ? <Figures /> : null}
      <HireRulesCard />
    </Page>
  );
}

function Figures() {
  const t = useT();
  const { markets } = useCounterMarket();
  const [market, setMarket] = useState<string | undefined>();
  const [from, setFrom] = useState(() => before(today(), 29));
  const [to, setTo] = useState(today);
  const query = useQuery({ query: HireFiguresDocument, variables: { from, to, marketId: market ?? null } });
  const day = (value: string, set: (value: string) => void) => (id: string) => (
    <Input id={id} type="date" value={value} max={today()} onChange={(e) => e.target.value && set(e.target.value)} />
  );
  return (
    <>
      <search className="filters">
        <div className="filter-grid">
          <AnyMarket markets={markets} value={market} onChange={setMarket} />
          <Labelled text={t('engage.from')}>{day(from, setFrom)}</Labelled>
          <Labelled text={t('engage.to')}>{day(to, setTo)}</Labelled>
        </div>
        <p className="soft">{t('figures.span')}</p>
      </search>
      <Loaded query={query}>
        {({ quickHireFigures: data }) => (data ? <Tables data={data} /> : <Nothing text={t('figures.none')} />)}
      </Loaded>
    </>
  );
}

function Tables({ data }: { data: Data }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const minutes = useMinutes();
  return (
    <>
      <dl className="figures">
        <Figure label={t('figures.applied')}>{format.number(data.applied)}</Figure>
        <Figure label={t('figures.confirmed')}>{format.number(data.confirmed)}</Figure>
        <Figure label={t('figures.arrived')}>{format.number(data.arrived)}</Figure>
        <Figure label={t('figures.sameDay')}>
          {format.number(data.sameDay)}
          {data.sameDayRate === null ? '' : ` (${Math.round(data.sameDayRate * 100)}%)`}
        </Figure>
      </dl>
      <h2>{t('figures.steps')}</h2>
      <DataTable<Data['steps'][number]>
        rowKey="step"
        aria-label={t('figures.steps')}
        dataSource={data.steps}
        columns={[
          { title: t('figures.step'), render: (_, s) => term('hireStep', s.step) },
          { title: t('figures.median'), render: (_, s) => <b>{minutes(s.medianMinutes)}</b> },
          { title: t('figures.count'), render: (_, s) => format.number(s.count) },
        ]}
      />
      <h2>{t('figures.byAge')}</h2>
      <Split
        label={t('figures.byAge')}
        part={t('figures.age')}
        rows={data.byAge.map((a) => ({ ...a, key: a.age, part: term('ageSplit', a.age) }))}
      />
      <h2>{t('figures.byDifficulty')}</h2>
      <Split
        label={t('figures.byDifficulty')}
        part={t('figures.difficulty')}
        rows={data.byDifficulty.map((d) => ({ ...d, key: d.difficulty, part: term('difficulty', d.difficulty) }))}
      />
      <p className="soft">{t('figures.few')}</p>
      <Priority parties={data.priorityHiring} />
    </>
  );
}

interface Part {
  key: string;
  part: string;
  applied: number | null;
  confirmed: number | null;
  arrived: number | null;
  sameDay: number | null;
  sameDayRate: number | null;
  medians: Data['byAge'][number]['medians'];
}

/** How many minutes, if that is told. */
function useMinutes() {
  const t = useT();
  const format = useFormat();
  return (n: number | null | undefined) =>
    typeof n === 'number' ? t('figures.minutes', { n: format.number(Math.round(n * 10) / 10) }) : '—';
}

/** How many came of each part, and how fast; what is too small to be told is a dash. */
function Split({ label, part, rows }: { label: string; part: string; rows: Part[] }) {
  const t = useT();
  const format = useFormat();
  const term = useTerm();
  const minutes = useMinutes();
  const told = (n: number | null) => (n === null ? '—' : format.number(n));
  const rate = (row: Part) => (row.sameDayRate === null ? '' : ` (${Math.round(row.sameDayRate * 100)}%)`);
  const fast = (['APPLIED_TO_CONFIRMED', 'CONFIRMED_TO_ARRIVED'] as const).map((step) => ({
    title: term('hireStep', step),
    render: (_: unknown, row: Part) => minutes(row.medians.find((one) => one.step === step)?.medianMinutes),
  }));
  return (
    <DataTable<Part>
      rowKey="key"
      aria-label={label}
      dataSource={rows}
      columns={[
        { title: part, render: (_, row) => row.part },
        { title: t('figures.applied'), render: (_, row) => told(row.applied) },
        { title: t('figures.confirmed'), render: (_, row) => told(row.confirmed) },
        { title: t('figures.arrived'), render: (_, row) => told(row.arrived) },
        { title: t('figures.sameDay'), render: (_, row) => `${told(row.sameDay)}${rate(row)}` },
        ...fast,
      ]}
    />
  );
}

function PartyLink({ party: { partyId: id, partyName } }: { party: Data['priorityHiring'][number] }) {
  const { slug } = useSession();
  return (
    <Link to="/$slug/parties/$id" params={{ slug, id }}>
      {partyName}
    </Link>
  );
}

/** How many people of each part have places, and how many came; a part of nobody is left out. */
function People({ parts }: { parts: { part: string; people: number | null; arrived: number | null }[] }) {
  const t = useT();
  const format = useFormat();
  const told = (n: number | null) => (n === null ? '—' : format.number(n));
  return (
    <ul className="bare">
      {parts
        .filter(({ people }) => people !== 0)
        .map(({ part, people, arrived }) => (
          <li key={part}>{t('figures.people', { part, people: told(people), arrived: told(arrived) })}</li>
        ))}
    </ul>
  );
}

/** Who takes on first those who find work hard to get (优先招用统计). */
function Priority({ parties }: { parties: Data['priorityHiring'] }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  return (
    <>
      <h2>{t('figures.priority')}</h2>
      <p className="soft">{t('figures.priorityLead')}</p>
      {parties.length === 0 ? (
        <Nothing text={t('figures.priorityNone')} />
      ) : (
        <DataTable<Data['priorityHiring'][number]>
          rowKey="partyId"
          aria-label={t('figures.priority')}
          dataSource={parties}
          columns={[
            { title: t('figures.party'), render: (_, p) => <PartyLink party={p} /> },
            { title: t('figures.postings'), render: (_, p) => format.number(p.postings) },
            { title: t('figures.places'), render: (_, p) => format.number(p.places) },
            { title: t('figures.confirmed'), render: (_, p) => format.number(p.confirmed) },
            { title: t('figures.arrived'), render: (_, p) => format.number(p.arrived) },
            {
              title: t('figures.hardToEmploy'),
              render: (_, p) => (p.hardToEmploy === null ? '—' : format.number(p.hardToEmploy)),
            },
            {
              title: t('figures.byAge'),
              render: (_, p) => <People parts={p.byAge.map((a) => ({ ...a, part: term('ageSplit', a.age) }))} />,
            },
            {
              title: t('figures.byDifficulty'),
              render: (_, p) => (
                <People parts={p.byDifficulty.map((d) => ({ ...d, part: term('difficulty', d.difficulty) }))} />
              ),
            },
          ]}
        />
      )}
    </>
  );
}
