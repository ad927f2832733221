import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { useT, useTerm } from '../app/i18n';
import { useSession } from '../app/session';
import type { PostingWholeFragment } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { Fact, Facts } from '../kit/facts';
import { degrees, useFormat } from '../kit/format';
import { DataTable } from '../kit/table';
import { MarkedText } from './findings';
import { numbered } from './marks';
import { useSpan, useWage } from './words';

interface Props {
  posting: PostingWholeFragment;
}

/** All that a posting says; the words the linter is about are marked. */
export function PostingFacts({ posting: p }: Props) {
  const t = useT();
  const term = useTerm();
  const wage = useWage();
  const all = numbered(p.findings);
  const marked = (field: 'title' | 'duties' | 'conditions' | 'place' | 'payText') =>
    p[field] ? <MarkedText text={p[field]} field={field} all={all} /> : '—';
  return (
    <Facts className="gap">
      <Fact label={t('posting.title')}>{marked('title')}</Fact>
      <Fact label={t('posting.partyId')}>
        <Party posting={p} />
      </Fact>
      <Fact label={t('posting.trade')}>
        {p.trade?.name ?? '—'} {p.needsCertificate ? <Chip>{t('posting.needsCertificate')}</Chip> : null}
      </Fact>
      <Fact label={t('posting.duties')}>{marked('duties')}</Fact>
      <Fact label={t('posting.conditions')}>{marked('conditions')}</Fact>
      <Fact label={t('posting.place')}>
        {marked('place')} <span className="soft">{p.county.name}</span>
        {p.point ? <div className="soft">{`${degrees(p.point)} ${p.point.crs}`}</div> : null}
      </Fact>
      <Fact label={t('posting.wageFen')}>{wage(p)}</Fact>
      <Fact label={t('posting.payText')}>{marked('payText')}</Fact>
      <Fact label={t('posting.cover')}>{term('accidentCover', p.cover)}</Fact>
      <Fact label={t('posting.kind')}>
        {[
          term('postingKind', p.kind),
          term('engagementType', p.engagement),
          t('postings.sourceIs', { source: term('postingSource', p.source) }),
        ].join(' · ')}
      </Fact>
      <Fact label={t('posting.marketId')}>
        <Market posting={p} />
      </Fact>
      <Times posting={p} />
      {p.engagementCounts.length > 0 ? (
        <Fact label={t('postings.engagements')}>
          {p.engagementCounts
            .map(({ status, count }) => t('postings.engagementCount', { status: term('engagement', status), n: count }))
            .join(' · ')}
        </Fact>
      ) : null}
    </Facts>
  );
}

function Party({ posting: p }: Props) {
  const t = useT();
  const format = useFormat();
  const { slug, can } = useSession();
  return (
    <>
      {can('party.read') ? (
        <Link to="/$slug/parties/$id" params={{ slug, id: p.partyId }}>
          {p.partyName}
        </Link>
      ) : (
        p.partyName
      )}{' '}
      <span className="soft">
        {p.partyVerifiedOn
          ? t('postings.verifiedOn', { date: format.date(p.partyVerifiedOn) })
          : t('postings.notVerified')}
      </span>
      {p.agency ? (
        <div className="soft">{t('postings.byAgency', { name: p.agency.name, no: p.agency.licenceNo })}</div>
      ) : null}
    </>
  );
}

function Market({ posting: p }: Props) {
  const { slug, can } = useSession();
  if (!p.marketId) return '—';
  if (!can('market.read')) return p.marketName ?? '—';
  return (
    <Link to="/$slug/markets/$id" params={{ slug, id: p.marketId }}>
      {p.marketName}
    </Link>
  );
}

function Times({ posting: p }: Props) {
  const t = useT();
  const format = useFormat();
  return (
    <>
      <Fact label={t('posting.valid')}>{`${format.date(p.validFrom)} – ${format.date(p.validUntil)}`}</Fact>
      <Fact label={t('postings.closesAt')}>{format.dateTime(p.closesAt)}</Fact>
      <Fact label={t('postings.entered')}>
        {[
          t('postings.createdAt', { at: format.dateTime(p.createdAt) }),
          p.submittedAt ? t('postings.submittedAt', { at: format.dateTime(p.submittedAt) }) : '',
          p.publishedAt ? t('postings.publishedAt', { at: format.dateTime(p.publishedAt) }) : '',
          t('postings.confirmedAt', { at: format.dateTime(p.lastConfirmedAt) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Fact>
      {p.externalId ? <Fact label={t('postings.externalId')}>{p.externalId}</Fact> : null}
    </>
  );
}

/** When, and how many. */
export function Shifts({ posting: p }: Props) {
  const t = useT();
  const span = useSpan();
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t('posting.shifts')}</h2>
      <DataTable<PostingWholeFragment['shifts'][number]>
        rowKey="id"
        size="small"
        aria-label={t('posting.shifts')}
        dataSource={p.shifts}
        columns={[
          { title: t('shift.time'), render: (_, s) => span(s) },
          { title: t('shift.break'), render: (_, s) => t('shift.minutes', { n: s.breakMinutes }) },
          { title: t('shift.headcount'), dataIndex: 'headcount' },
          { title: t('shift.left'), dataIndex: 'placesLeft' },
        ]}
      />
    </section>
  );
}
