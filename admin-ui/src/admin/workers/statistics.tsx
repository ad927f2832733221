import { Radio, type TableProps } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { type WorkerStatisticsBy, WorkerStatisticsDocument, type WorkerStatisticsQuery } from '../gql/graphql';
import { useFormat } from '../kit/format';
import { Loaded, Nothing } from '../kit/state';
import { DataTable } from '../kit/table';

type Split = 'NONE' | 'AGE_BAND' | 'DIFFICULTY';
const BY: readonly WorkerStatisticsBy[] = ['AGE_BAND', 'DIFFICULTY', 'TRADE', 'COUNTY'];
/** By what the rows can be split again; bands of ages are not, hardships only by them. */
const SPLITS: Record<WorkerStatisticsBy, readonly Split[]> = {
  AGE_BAND: [],
  DIFFICULTY: ['NONE', 'AGE_BAND'],
  TRADE: ['NONE', 'AGE_BAND', 'DIFFICULTY'],
  COUNTY: ['NONE', 'AGE_BAND', 'DIFFICULTY'],
};
type Counted = NonNullable<WorkerStatisticsQuery['workerStatistics']>;
type Row = Counted['rows'][number];

/** Registrations that hold, counted; few people are not, so that nobody is told of. */
export function Statistics() {
  const t = useT();
  const term = useTerm();
  const [by, setBy] = useState<WorkerStatisticsBy>('AGE_BAND');
  const [wanted, setWanted] = useState<Split>('NONE');
  const split = SPLITS[by].includes(wanted) ? wanted : 'NONE';
  const variables = { by, age: split === 'AGE_BAND', difficulty: split === 'DIFFICULTY' };
  const query = useQuery({ query: WorkerStatisticsDocument, variables });
  return (
    <>
      <div className="list-head">
        <Radio.Group
          aria-label={t('statistics.by')}
          optionType="button"
          value={by}
          onChange={(e) => setBy(e.target.value as WorkerStatisticsBy)}
          options={BY.map((value) => ({ value, label: term('statisticsBy', value) }))}
        />
        {SPLITS[by].length > 0 ? (
          <Radio.Group
            aria-label={t('statistics.split')}
            value={split}
            onChange={(e) => setWanted(e.target.value as Split)}
            options={SPLITS[by].map((value) => ({
              value,
              label:
                value === 'NONE'
                  ? t('statistics.noSplit')
                  : t('statistics.splitBy', { by: term('statisticsBy', value) }),
            }))}
          />
        ) : null}
      </div>
      <Loaded query={query}>
        {({ workerStatistics: data }) => (data ? <Counts data={data} /> : <Nothing text={t('workers.none')} />)}
      </Loaded>
    </>
  );
}

function Counts({ data }: { data: Counted }) {
  const t = useT();
  const format = useFormat();
  const parts = useParts(data.rows);
  return (
    <>
      <p role="status">
        {data.total === null ? '' : t('statistics.total', { n: format.number(data.total) })}{' '}
        {t('statistics.least', { n: data.least })}
      </p>
      <DataTable<Row>
        rowKey="key"
        matrix={parts.length > 0}
        aria-label={t('statistics.title')}
        dataSource={data.rows}
        {...(parts.length > 0 ? { scroll: { x: 320 + parts.length * 96 } } : {})}
        locale={{ emptyText: <Nothing text={t('workers.none')} /> }}
        columns={[
          { title: t('statistics.key'), dataIndex: 'label' },
          { title: t('statistics.people'), render: (_, r) => <Told n={r.count} /> },
          {
            title: t('statistics.share'),
            render: (_, r) => (r.count === null || !data.total ? '—' : `${((r.count / data.total) * 100).toFixed(1)}%`),
          },
          ...parts,
        ]}
      />
    </>
  );
}

/** A column for each part that was asked for. */
function useParts(rows: readonly Row[]): NonNullable<TableProps<Row>['columns']> {
  const term = useTerm();
  const [first] = rows;
  const ages = (first?.byAge ?? []).map(({ age }, at) => ({
    key: age,
    title: term('ageBand', age),
    render: (_: unknown, r: Row) => <Told n={r.byAge?.[at]?.count ?? null} />,
  }));
  const hardships = (first?.byDifficulty ?? []).map(({ difficulty }, at) => ({
    key: difficulty,
    title: term('difficulty', difficulty),
    render: (_: unknown, r: Row) => <Told n={r.byDifficulty?.[at]?.count ?? null} />,
  }));
  return [...ages, ...hardships];
}

function Told({ n }: { n: number | null }) {
  const t = useT();
  const format = useFormat();
  return n === null ? <span className="soft">{t('statistics.hidden')}</span> : format.number(n);
}
