import { Radio } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { type WorkerStatisticsBy, WorkerStatisticsDocument, type WorkerStatisticsQuery } from '../gql/graphql';
import { useFormat } from '../kit/format';
import { Loaded, Nothing } from '../kit/state';
import { DataTable } from '../kit/table';

const BY: readonly WorkerStatisticsBy[] = ['AGE_BAND', 'DIFFICULTY', 'TRADE', 'COUNTY'];
type Row = NonNullable<WorkerStatisticsQuery['workerStatistics']>['rows'][number];

/** Registrations that hold, counted; few people are not, so that nobody is told of. */
export function Statistics() {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const [by, setBy] = useState<WorkerStatisticsBy>('AGE_BAND');
  const query = useQuery({ query: WorkerStatisticsDocument, variables: { by } });
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
      </div>
      <Loaded query={query}>
        {({ workerStatistics: data }) =>
          data ? (
            <>
              <p role="status">
                {data.total === null ? '' : t('statistics.total', { n: format.number(data.total) })}{' '}
                {t('statistics.least', { n: data.least })}
              </p>
              <DataTable<Row>
                rowKey="key"
                aria-label={t('statistics.title')}
                dataSource={data.rows}
                locale={{ emptyText: <Nothing text={t('workers.none')} /> }}
                columns={[
                  { title: t('statistics.key'), dataIndex: 'label' },
                  {
                    title: t('statistics.people'),
                    render: (_, r) =>
                      r.count === null ? (
                        <span className="soft">{t('statistics.hidden')}</span>
                      ) : (
                        format.number(r.count)
                      ),
                  },
                  {
                    title: t('statistics.share'),
                    render: (_, r) =>
                      r.count === null || !data.total ? '—' : `${((r.count / data.total) * 100).toFixed(1)}%`,
                  },
                ]}
              />
            </>
          ) : (
            <Nothing text={t('workers.none')} />
          )
        }
      </Loaded>
    </>
  );
}
