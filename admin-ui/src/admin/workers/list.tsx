import { Link } from '@tanstack/react-router';
import { Input, Select } from 'antd';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useSession } from '../app/session';
import { CountyPicker } from '../counter/county';
import { type WorkerRowFragment, WorkersDocument } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { TermSelect } from '../kit/choice';
import { useFormat } from '../kit/format';
import { Labelled } from '../kit/labelled';
import { Paged } from '../kit/paged';
import { PAGE_SIZE, usePages } from '../kit/pager';
import { Nothing } from '../kit/state';
import { DataTable } from '../kit/table';
import { TradePicker } from '../kit/trades';
import { AGE_BANDS, toWorkerFilter, WORKER_STATUSES, type WorkerSearch, YES_NO } from './search';

interface Props {
  search: WorkerSearch;
  onChange: (next: WorkerSearch) => void;
}

/** The workers within reach, masked. */
export function WorkerList({ search, onChange }: Props) {
  const t = useT();
  const term = useTerm();
  const filter = toWorkerFilter(search);
  const pages = usePages(JSON.stringify(search));
  const orderBy = search.order ?? 'CREATED_AT';
  const query = useQuery({
    query: WorkersDocument,
    variables: { first: PAGE_SIZE, after: pages.after, filter, orderBy },
  });
  const set = (change: Partial<Record<keyof WorkerSearch, string | undefined>>) =>
    onChange(Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, v]) => v)) as WorkerSearch);
  return (
    <>
      <Filters search={search} set={set} />
      <Paged query={query} pages={pages} of={(data) => data.workers}>
        {(rows, total) => (
          <>
            <div className="list-head">
              <span role="status">{total === null ? '' : t('workers.count', { n: total })}</span>
              <Select<string>
                aria-label={t('workers.order')}
                value={orderBy}
                onChange={(order) => set({ order: order === 'CREATED_AT' ? undefined : order })}
                options={['CREATED_AT', 'UPDATED_AT'].map((value) => ({ value, label: term('workerOrder', value) }))}
                popupMatchSelectWidth={false}
              />
            </div>
            <WorkerTable rows={rows} />
          </>
        )}
      </Paged>
    </>
  );
}

interface FilterProps {
  search: WorkerSearch;
  set: (change: Partial<Record<keyof WorkerSearch, string | undefined>>) => void;
}

function Filters({ search, set }: FilterProps) {
  const t = useT();
  return (
    <search className="filters">
      <div className="filter-grid">
        <Labelled text={t('workers.name')}>
          {(id) => (
            <Input.Search
              id={id}
              key={search.name ?? ''}
              defaultValue={search.name ?? ''}
              allowClear
              maxLength={50}
              placeholder={t('workers.nameHint')}
              onSearch={(name) => set({ name: name.trim() || undefined })}
            />
          )}
        </Labelled>
        <Labelled text={t('workers.trades')}>
          {(id) => <TradePicker id={id} value={search.trade} onChange={(trade) => set({ trade })} />}
        </Labelled>
        <Labelled text={t('workers.county')}>
          {(id) => (
            <CountyPicker
              id={id}
              allowClear
              {...(search.county ? { value: search.county } : {})}
              onChange={(county) => set({ county })}
            />
          )}
        </Labelled>
        <Choice name="age" group="ageBand" values={AGE_BANDS} search={search} set={set} />
        <Choice name="status" group="workerStatus" values={WORKER_STATUSES} search={search} set={set} />
        {YES_NO.map((key) => (
          <Choice key={key} name={key} group="choice" values={['yes', 'no']} search={search} set={set} />
        ))}
      </div>
    </search>
  );
}

interface ChoiceProps extends FilterProps {
  name: 'age' | 'status' | (typeof YES_NO)[number];
  group: string;
  values: readonly string[];
}

function Choice({ name, group, values, search, set }: ChoiceProps) {
  const t = useT();
  return (
    <Labelled text={t(`workers.${name}`)}>
      {(id) => (
        <TermSelect
          id={id}
          group={group}
          values={values}
          value={search[name]}
          allowClear
          placeholder={t('choice.any')}
          onChange={(value) => set({ [name]: value })}
        />
      )}
    </Labelled>
  );
}

/** Does somebody count as looking for work, and until when? */
export function LookingChip({ worker }: { worker: Pick<WorkerRowFragment, 'status' | 'looking'> }) {
  const t = useT();
  const term = useTerm();
  if (worker.status === 'CLOSED') return <Chip tone="bad">{term('workerStatus', 'CLOSED')}</Chip>;
  return (
    <Chip tone={worker.looking ? 'good' : 'plain'}>{t(worker.looking ? 'workers.looking' : 'workers.notLooking')}</Chip>
  );
}

function WorkerTable({ rows }: { rows: WorkerRowFragment[] }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { slug } = useSession();
  return (
    <DataTable<WorkerRowFragment>
      rowKey="id"
      aria-label={t('workers.title')}
      dataSource={rows}
      scroll={{ x: 900 }}
      locale={{ emptyText: <Nothing text={t('workers.none')} /> }}
      columns={[
        {
          title: t('workers.name'),
          render: (_, w) => (
            <Link to="/$slug/workers/$id" params={{ slug, id: w.id }} className="strong">
              {w.nameMasked}
            </Link>
          ),
        },
        { title: t('workers.age'), render: (_, w) => <Age worker={w} /> },
        { title: t('workers.trades'), render: (_, w) => format.list(w.trades.map(({ name }) => name)) },
        { title: t('workers.county'), dataIndex: 'countyName' },
        {
          title: t('workers.state'),
          render: (_, w) => (
            <>
              <LookingChip worker={w} />
              {w.looking ? <div className="soft">{t('workers.until', { at: format.date(w.lookingUntil) })}</div> : null}
            </>
          ),
        },
        {
          title: t('workers.registered'),
          render: (_, w) => (
            <>
              <span className="nowrap">{format.date(w.createdAt)}</span>
              <div className="soft">{w.marketName ?? term('workerSource', 'SELF_SERVICE')}</div>
            </>
          ),
        },
      ]}
    />
  );
}

/** A band of ages; where nobody can tell, it says so. */
export function Age({ worker }: { worker: Pick<WorkerRowFragment, 'ageBand' | 'overAgeIsCertain'> }) {
  const t = useT();
  const term = useTerm();
  if (worker.ageBand === 'OVER_AGE' && !worker.overAgeIsCertain)
    return <Chip tone="warn">{t('workers.maybeOverAge')}</Chip>;
  const special = worker.ageBand === 'OVER_AGE' || worker.ageBand === 'MINOR';
  return special ? <Chip tone="warn">{term('ageBand', worker.ageBand)}</Chip> : term('ageBand', worker.ageBand);
}
