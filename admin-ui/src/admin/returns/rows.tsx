import { useT, useTerm } from '../app/i18n';
import type { ReturnPageQuery } from '../gql/graphql';
import { Nothing } from '../kit/state';
import { DataTable } from '../kit/table';

type ReturnRow = NonNullable<NonNullable<ReturnPageQuery['directoryReturn']>['rows']>['edges'][number]['node'];

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
