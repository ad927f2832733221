import { Button } from 'antd';
import { useMemo } from 'react';
import { useT } from '../app/i18n';
import type { CounterMarket } from '../counter/market';
import { EngagementsTodayDocument, type EngagementsTodayQuery } from '../gql/graphql';
import { useEvery } from '../kit/every';
import { Figure } from '../kit/facts';
import { Loaded, Nothing } from '../kit/state';
import { byShift, OVER } from './group';
import { ShiftCard } from './shift-card';

const listOf = (data: EngagementsTodayQuery) => data.engagementsToday;

/** The shifts of today at a market, in the order in which they begin. */
export function Today({ here }: { here: CounterMarket }) {
  const t = useT();
  return (
    <Loaded query={here.query}>
      {() => (here.market ? <Day marketId={here.market.id} /> : <Nothing text={t('counter.noMarket')} />)}
    </Loaded>
  );
}

function Day({ marketId }: { marketId: string }) {
  const t = useT();
  const given = useMemo(() => ({ marketId }), [marketId]);
  const query = useEvery(EngagementsTodayDocument, listOf, given);
  const refetch = query[1];
  return (
    <Loaded query={query}>
      {(rows) => {
        const groups = byShift(rows);
        const count = (...at: string[]) => rows.filter(({ status }) => at.includes(status)).length;
        return (
          <>
            <div className="list-head">
              <dl className="figures">
                <Figure label={t('engage.figure.shifts')}>{groups.length}</Figure>
                <Figure label={t('engage.figure.waiting')}>{count('APPLIED', 'CONTACTED', 'AGREED')}</Figure>
                <Figure label={t('engage.figure.confirmed')}>{count('CONFIRMED')}</Figure>
                <Figure label={t('engage.figure.arrived')}>{count('ARRIVED', 'COMPLETED', 'PAID')}</Figure>
                <Figure label={t('engage.figure.standby')}>{count('STANDBY')}</Figure>
                <Figure label={t('engage.disputed')} bad={rows.some(({ disputedAt }) => disputedAt)}>
                  {rows.filter(({ disputedAt }) => disputedAt).length}
                </Figure>
                <Figure label={t('engage.figure.over')} bad={count('NO_SHOW') > 0}>
                  {count(...OVER)}
                </Figure>
              </dl>
              <Button onClick={() => refetch()}>{t('engage.refresh')}</Button>
            </div>
            {groups.length ? (
              groups.map((group) => <ShiftCard key={group.shiftId} group={group} refetch={refetch} />)
            ) : (
              <Nothing text={t('engage.noneToday')} />
            )}
          </>
        );
      }}
    </Loaded>
  );
}
