import { getRouteApi } from '@tanstack/react-router';
import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { CasePageDocument, type CasePageQuery } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { Fact, Facts } from '../kit/facts';
import { useFormat } from '../kit/format';
import { Found } from '../kit/found';
import { Page } from '../kit/page';
import { Pager, usePages } from '../kit/pager';
import { Timeline } from '../kit/timeline';
import { CaseActions } from './actions';
import { CASE_TONES, Due } from './list';

const route = getRouteApi('/$slug/cases/$id');
export type One = NonNullable<CasePageQuery['case']>;
const EVENTS = 20;

/** One case: what was asked, whose it is, by when, and how it went. */
export function CaseDetail() {
  const t = useT();
  const { id } = route.useParams();
  const pages = usePages(id);
  const query = useQuery({ query: CasePageDocument, variables: { id, first: EVENTS, after: pages.after } });
  const refetch = () => query[1]({ requestPolicy: 'network-only' });
  return (
    <Found query={query} of={(data) => data.case}>
      {(one) => (
        <Page
          title={`${one.kind?.title ?? one.kindCode} ${one.reference}`}
          lead={one.subject.title}
          actions={<CaseActions one={one} refetch={refetch} />}
        >
          {one.dueProvisional ? <Alert className="gap" type="info" showIcon title={t('cases.provisional')} /> : null}
          <CaseFacts one={one} />
          <section className="card" aria-labelledby="case-reason">
            <h2 id="case-reason">{t('cases.reasonTitle')}</h2>
            <p className="as-written">{one.reason ?? t('cases.erased')}</p>
          </section>
          <Decision one={one} />
          <Course one={one} pages={pages} />
        </Page>
      )}
    </Found>
  );
}

function CaseFacts({ one }: { one: One }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { kind } = one;
  const facts: [string, ReactNode][] = [
    [
      t('cases.status'),
      <Chip key="status" tone={CASE_TONES[one.status] ?? 'plain'}>
        {term('case', one.status)}
      </Chip>,
    ],
    [
      t('cases.owner'),
      [one.owner?.name ?? t('cases.nobody'), one.offeredTo ? t('cases.offeredTo', { name: one.offeredTo.name }) : '']
        .filter(Boolean)
        .join(' · '),
    ],
    [t('cases.due'), <Due key="due" of={one} />],
    [t('cases.opened'), format.dateTime(one.openedAt)],
    [t('cases.openedBy'), one.openedBy.name ?? term('caseParty', one.openedBy.kind)],
    [
      t('cases.rule'),
      kind
        ? t('cases.ruleOf', {
            law: kind.law,
            article: kind.article,
            days: kind.days,
            count: t(`cases.days.${kind.dayCount}`),
          })
        : one.ruleVersion,
    ],
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

function Decision({ one }: { one: One }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  if (!one.decision) return null;
  return (
    <section aria-labelledby="case-decision">
      <h2 id="case-decision">{t('cases.decision')}</h2>
      <Facts>
        <Fact label={t('cases.decision')}>
          <Chip tone={one.decision === 'DISMISSED' ? 'warn' : 'good'}>{term('caseDecision', one.decision)}</Chip>{' '}
          {t('cases.decidedBy', { name: one.decidedBy?.name ?? '—', at: format.dateTime(one.decidedAt) })}
        </Fact>
        {one.ground ? <Fact label={t('cases.ground')}>{one.ground}</Fact> : null}
        {one.article ? <Fact label={t('cases.article')}>{one.article}</Fact> : null}
      </Facts>
    </section>
  );
}

function Course({ one, pages }: { one: One; pages: ReturnType<typeof usePages> }) {
  const t = useT();
  const term = useTerm();
  const list = one.timeline;
  if (!list) return null;
  const events = list.edges.map(({ node: e }) => ({
    at: e.at,
    title: [e.title, e.internal ? `（${t('cases.internal')}）` : ''].join(''),
    actor: [e.actor.name ?? term('caseParty', e.actor.kind), e.other?.name].filter(Boolean).join(' → '),
    reason: null,
    note: e.note,
  }));
  return (
    <section aria-labelledby="case-course">
      <h2 id="case-course">{t('cases.course')}</h2>
      <Timeline events={events} />
      <Pager pages={pages} pageInfo={list.pageInfo} shown={events.length} />
    </section>
  );
}
