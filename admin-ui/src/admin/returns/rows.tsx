import { type MessageKey, useT, useTerm } from '../app/i18n';
import type { ReturnPageQuery } from '../gql/graphql';
import { Pager, type usePages } from '../kit/pager';
import { Nothing } from '../kit/state';
import { DataTable } from '../kit/table';
import type { Return } from './page';

type ReturnRow = NonNullable<NonNullable<ReturnPageQuery['directoryReturn']>['rows']>['edges'][number]['node'];

type Snapshot = Pick<Return, 'status' | 'rowCount' | 'rows'>;

/** What was handed in is no longer what will be. */
const HEADINGS: Partial<Record<Snapshot['status'], MessageKey>> = {
  RETURNED: 'returns.rowsReturned',
  SUBMITTED: 'returns.rowsSubmitted',
  ACCEPTED: 'returns.rowsSubmitted',
};

/** The rows of the snapshot; an open return has none yet, and one sent back shows those that were sent back. */
export function SnapshotRows({ item, pages }: { item: Snapshot; pages: ReturnType<typeof usePages> }) {
  const t = useT();
  const { status, rowCount: n, rows } = item;
  if (status === 'OPEN') return <p className="soft">{t('returns.rowsLater')}</p>;
  return (
    <>
      <h2>{t(HEADINGS[status] ?? 'returns.rows', { n })}</h2>
      {rows ? (
        <>
          <ReturnRows rows={rows.edges.map((e) => e.node)} />
          <Pager pages={pages} pageInfo={rows.pageInfo} totalCount={rows.totalCount} shown={rows.edges.length} />
        </>
      ) : null}
    </>
  );
}

/** The eight columns of annex 2 (附件 2), as they will be handed in. */
export function ReturnRows({ rows }: { rows: ReturnRow[] }) {
  const t = useT();
  const term = useTerm();
  return (
    <DataTable<ReturnRow>
      rowKey="serial"
      dataSource={rows}
      size="small"
      scroll={{ x: 1050 }}
      locale={{ emptyText: <Nothing text={t('returns.noRows')} /> }}
      columns={[
        { title: t('returns.col.serial'), dataIndex: 'serial', width: 60 },
        { title: t('returns.col.name'), dataIndex: 'name', width: 180 },
        { title: t('returns.col.nature'), width: 100, render: (_, r) => term('nature', r.nature) },
        { title: t('returns.col.hours'), dataIndex: 'hoursText', width: 170 },
        { title: t('returns.col.address'), dataIndex: 'address' },
        { title: t('returns.col.seekers'), dataIndex: 'seekerScale', width: 110 },
        { title: t('returns.col.trades'), dataIndex: 'trades', width: 200 },
        { title: t('returns.col.successes'), dataIndex: 'dailySuccesses', width: 110 },
      ]}
    />
  );
}
