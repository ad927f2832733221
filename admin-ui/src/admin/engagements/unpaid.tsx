import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { UnpaidWarningsDocument, type UnpaidWarningsQuery } from '../gql/graphql';
import { useFormat } from '../kit/format';
import { useMoney } from '../kit/money';
import { Paged } from '../kit/paged';
import { PAGE_SIZE, usePages } from '../kit/pager';
import { EngagementTable } from './table';

type Row = NonNullable<UnpaidWarningsQuery['unpaidWarnings']>['edges'][number]['node'];

/** Wages that were due and are not paid (欠薪预警), the first that was due first. */
export function Unpaid() {
  const t = useT();
  const format = useFormat();
  const money = useMoney();
  const pages = usePages();
  const query = useQuery({ query: UnpaidWarningsDocument, variables: { first: PAGE_SIZE, after: pages.after } });
  return (
    <>
      <p className="soft">{t('engage.unpaidLead')}</p>
      <Paged query={query} pages={pages} of={(data) => data.unpaidWarnings}>
        {(rows) => (
          <EngagementTable
            label={t('engage.tab.unpaid')}
            rows={rows}
            withJob
            empty={t('engage.noUnpaid')}
            refetch={() => query[1]({ requestPolicy: 'network-only' })}
            more={[
              { title: t('engage.payDue'), render: (_, r) => format.dateTime(r.payDueAt) },
              {
                title: t('engage.wages'),
                render: (_, r) => {
                  const truth = (r as Row).wageTruth;
                  return (
                    <>
                      {r.allowanceFen
                        ? t('engage.allowanceOf', { amount: money.amount(r.allowanceFen) })
                        : t('engage.agreedOf', { amount: money.amount(truth?.agreedFen ?? truth?.dueFen) })}
                      <div className="soft">{t('engage.paidOf', { amount: money.amount(truth?.paidFen) })}</div>
                    </>
                  );
                },
              },
            ]}
          />
        )}
      </Paged>
    </>
  );
}
