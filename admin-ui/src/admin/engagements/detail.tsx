import { getRouteApi, Link } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useSession } from '../app/session';
import { useHours } from '../counter/pick-shift';
import { WorkSlipButton } from '../counter/slips';
import { EngagementPageDocument, type EngagementPageQuery } from '../gql/graphql';
import { Fact, Facts } from '../kit/facts';
import { useFormat } from '../kit/format';
import { Found } from '../kit/found';
import { useMoney } from '../kit/money';
import { Page } from '../kit/page';
import { EngagementActions } from './actions';
import { Agreement } from './agreement';
import { Standing } from './table';
import { Talk } from './talk';
import { WageSheets } from './wage-sheets';

const route = getRouteApi('/$slug/engagements/$id');
type One = NonNullable<EngagementPageQuery['engagement']>;

/** One worker and one shift, from application to pay. */
export function EngagementDetail() {
  const t = useT();
  const hours = useHours();
  const { id } = route.useParams();
  const [sheets, setSheets] = useState(false);
  const query = useQuery({ query: EngagementPageDocument, variables: { id } });
  const refetch = () => query[1]({ requestPolicy: 'network-only' });
  return (
    <Found query={query} of={(data) => data.engagement}>
      {(one) => (
        <Page
          title={t('engage.detailTitle', { name: one.workerName ?? t('engage.nobody'), title: one.job.title })}
          lead={[hours(one.job), one.partyName, one.job.place].join(' · ')}
          actions={
            <>
              {one.slip ? <WorkSlipButton engagementId={one.id} /> : null}
              <Button aria-haspopup="dialog" onClick={() => setSheets(true)}>
                {t('engage.sheets')}
              </Button>
            </>
          }
        >
          <Warnings one={one} />
          <div className="form-buttons gap">
            <EngagementActions row={one} refetch={refetch} wide />
          </div>
          <EngagementFacts one={one} />
          <Course one={one} />
          <Slip one={one} refetch={refetch} />
          <Wages one={one} />
          <Talk engagementId={one.id} />
          {sheets ? (
            <WageSheets postingId={one.job.postingId} title={one.job.title} onClose={() => setSheets(false)} />
          ) : null}
        </Page>
      )}
    </Found>
  );
}

function Warnings({ one }: { one: One }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const money = useMoney();
  return (
    <>
      {one.disputedAt ? (
        <Alert
          className="gap"
          type="warning"
          showIcon
          title={t('engage.disputedBy', { side: term('side', one.disputedBy), at: format.dateTime(one.disputedAt) })}
          description={one.disputeWords}
        />
      ) : null}
      {one.warnedAt ? (
        <Alert
          className="gap"
          type="error"
          showIcon
          title={t('engage.warnedAt', { at: format.dateTime(one.warnedAt) })}
        />
      ) : null}
      {one.consequence ? (
        <Alert
          className="gap"
          type="info"
          showIcon
          title={[term('consequence', one.consequence), one.allowanceFen ? money.amount(one.allowanceFen) : '']
            .filter(Boolean)
            .join(' ')}
          description={
            one.allowanceFen
              ? one.payDueAt
                ? t('engage.allowanceDue', { at: format.dateTime(one.payDueAt) })
                : t('engage.allowanceNoDays')
              : undefined
          }
        />
      ) : null}
    </>
  );
}

function EngagementFacts({ one }: { one: One }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const money = useMoney();
  const { slug, can } = useSession();
  const worker =
    one.workerId && can('worker.read') ? (
      <Link to="/$slug/workers/$id" params={{ slug, id: one.workerId }}>
        {one.workerName ?? t('engage.nobody')}
      </Link>
    ) : (
      (one.workerName ?? t('engage.nobody'))
    );
  const facts: [string, ReactNode][] = [
    [t('engage.status'), <Standing key="standing" row={one} />],
    [t('engage.worker'), worker],
    [t('counter.wage'), `${money.wage(one.job)} · ${term('payDay', one.job.payDay)}`],
    [t('engage.enteredBy'), term('side', one.enteredBy)],
    [t('engage.payDue'), format.dateTime(one.payDueAt)],
    ...(one.endReason ? ([[t('engage.endReason'), term('cancelReason', one.endReason)]] as [string, ReactNode][]) : []),
  ];
  return (
    <Facts>
      {facts.map(([label, value]) => (
        <Fact key={label} label={label}>
          {value}
        </Fact>
      ))}
    </Facts>
  );
}

const STEPS = [
  'appliedAt',
  'contactedAt',
  'agreedAt',
  'confirmedAt',
  'arrivedAt',
  'completedAt',
  'paidAt',
  'endedAt',
] as const;

/** Each step with its time, those not taken yet in grey. */
function Course({ one }: { one: One }) {
  const t = useT();
  const format = useFormat();
  return (
    <section aria-labelledby="course-title">
      <h2 id="course-title">{t('engage.course')}</h2>
      <ol className="calendar">
        {STEPS.filter((step) => step !== 'endedAt' || one.endedAt).map((step) => (
          <li key={step} className={one[step] ? (step === 'endedAt' ? 'due' : 'past') : ''}>
            <b>{t(`engage.step.${step}`)}</b>
            <span className="soft">{one[step] ? format.dateTime(one[step]) : t('engage.notYet')}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What both had at the confirmation; for over-age work the written agreement that both accept before the arrival. */
function Slip({ one, refetch }: { one: One; refetch: () => void }) {
  const t = useT();
  const format = useFormat();
  const { slip } = one;
  if (!slip) return null;
  return (
    <section aria-labelledby="slip-title">
      <h2 id="slip-title">{t('engage.slip', { number: slip.number })}</h2>
      <Facts>
        <Fact label={t('engage.duties')}>{slip.duties}</Fact>
        <Fact label={t('engage.madeAt')}>{format.dateTime(slip.madeAt)}</Fact>
        <Fact label={t('engage.rights')}>{slip.rights}</Fact>
        {slip.agreement ? <Agreement engagementId={one.id} agreement={slip.agreement} onDone={refetch} /> : null}
      </Facts>
    </section>
  );
}

/** What was agreed, what the sheet says, and what the worker says: the last is what counts. */
function Wages({ one }: { one: One }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const money = useMoney();
  const truth = one.wageTruth;
  if (!truth) return null;
  return (
    <section aria-labelledby="wages-title">
      <h2 id="wages-title">{t('engage.wagesTitle')}</h2>
      <Facts>
        <Fact label={t('engage.agreed')}>{money.amount(truth.agreedFen)}</Fact>
        <Fact label={t('engage.sheetDue')}>
          {money.amount(truth.dueFen)}
          {truth.deductionFen
            ? `（${term('deduction', truth.deductionReason)} −${money.amount(truth.deductionFen)}）`
            : ''}
        </Fact>
        <Fact label={t('engage.sheetPaid')}>
          {money.amount(truth.sheetPaidFen)}
          {truth.sheetPaidAt ? ` · ${term('payMethod', truth.method)} · ${format.dateTime(truth.sheetPaidAt)}` : ''}
        </Fact>
        <Fact label={t('engage.workerSays')}>
          <b>{money.amount(truth.paidFen)}</b>
          {truth.paidFen !== null && !truth.comparable ? <div className="soft">{t('engage.unknown')}</div> : null}
        </Fact>
        {truth.shortFen ? (
          <Fact label={t(truth.shortFen > 0 ? 'engage.short' : 'engage.over.paid')}>
            {money.amount(Math.abs(truth.shortFen))}
          </Fact>
        ) : null}
      </Facts>
    </section>
  );
}
