import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useSession } from '../app/session';
import { PartyHistoryDocument, type PartyWholeFragment, PostingsDocument } from '../gql/graphql';
import { Fact, Facts } from '../kit/facts';
import { useFormat } from '../kit/format';
import { LinkButton } from '../kit/link';
import { Paged } from '../kit/paged';
import { PAGE_SIZE, usePages } from '../kit/pager';
import { Timeline } from '../kit/timeline';
import { Masked } from '../people/reveal';
import { PostingTable } from '../postings/list';
import type { PartyTabProps } from './detail';
import { RecheckList } from './rechecks';
import { Badge } from './tags';
import { VisitRows } from './visits';

/** What is registered, what it owes whoever works for it, and which doors are open against it. */
export function Overview({ party: p }: PartyTabProps) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  return (
    <>
      <Facts className="gap">
        <Fact label={t('parties.kind')}>{term('partyKind', p.kind)}</Fact>
        {p.uscc ? <Fact label={t('parties.uscc')}>{p.uscc}</Fact> : null}
        <Fact label={t('parties.verified')}>
          <Badge party={p} />
        </Fact>
        <Fact label={t('parties.contact')}>
          <Contact party={p} />
        </Fact>
        <Fact label={t('parties.county')}>{[p.countyName ?? p.county, p.address].filter(Boolean).join(' · ')}</Fact>
        <Fact label={t('parties.market')}>
          <Whose party={p} />
        </Fact>
        <Fact label={t('parties.pledgePaper')}>
          {p.pledgedAt
            ? t(p.pledged ? 'parties.pledgedOn' : 'parties.pledgedBefore', {
                date: format.date(p.pledgedAt),
                version: p.pledgeVersion,
              })
            : t('parties.notPledged')}
        </Fact>
        <Fact label={t('parties.fastLane')}>
          {p.fastLaneLostUntil
            ? t('parties.laneLost', { date: format.date(p.fastLaneLostUntil) })
            : t(p.fastLane ? 'choice.yes' : 'choice.no')}
        </Fact>
        <Fact label={t('parties.confirmedAt')}>{format.dateTime(p.lastConfirmedAt)}</Fact>
        <Fact label={t('parties.registeredOn')}>{format.dateTime(p.createdAt)}</Fact>
      </Facts>
      <div className="even-columns">
        <Duties title={t('parties.duties')} duties={p.duties} />
        <Duties title={t('parties.remedies')} duties={p.remedies} />
      </div>
    </>
  );
}

function Contact({ party: p }: { party: PartyWholeFragment }) {
  const { can } = useSession();
  const values = [
    ['NAME', p.contactName],
    ['PHONE', p.contactPhone],
  ] as const;
  const known = values.filter(([, masked]) => masked);
  if (known.length === 0) return <>—</>;
  return (
    <>
      {known.map(([field, masked]) => (
        <div key={field}>{can('party.reveal') ? <Masked id={p.id} field={field} masked={masked ?? ''} /> : masked}</div>
      ))}
    </>
  );
}

function Whose({ party: p }: { party: PartyWholeFragment }) {
  const t = useT();
  const { slug, can } = useSession();
  return (
    <>
      {p.marketId && can('market.read') ? (
        <Link to="/$slug/markets/$id" params={{ slug, id: p.marketId }}>
          {p.marketName}
        </Link>
      ) : (
        (p.marketName ?? '—')
      )}{' '}
      {p.agencyId && can('agency.read') ? (
        <Link to="/$slug/agencies/$id" params={{ slug, id: p.agencyId }}>
          {t('parties.ofAgency')}
        </Link>
      ) : null}
    </>
  );
}

function Duties({ title, duties }: { title: string; duties: PartyWholeFragment['duties'] }) {
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {duties.map((duty) => (
          <li key={duty.text}>
            {duty.text} <span className="soft">{duty.law}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function RechecksTab({ party, refetch }: PartyTabProps) {
  return <RecheckList partyId={party.id} onChange={refetch} />;
}

export function VisitsTab({ party }: PartyTabProps) {
  return <VisitRows party={{ id: party.id, name: party.displayName }} filter={{ partyId: party.id }} />;
}

export function PostingsTab({ party }: PartyTabProps) {
  const t = useT();
  const { slug, can } = useSession();
  const pages = usePages(party.id);
  const query = useQuery({
    query: PostingsDocument,
    variables: { first: PAGE_SIZE, after: pages.after, filter: { partyId: party.id }, orderBy: 'UPDATED_AT' },
  });
  return (
    <section aria-labelledby="party-postings">
      <div className="list-head">
        <h2 id="party-postings">{t('parties.tab.postings')}</h2>
        {can('posting.create') && party.status !== 'CLOSED' ? (
          <LinkButton to="/$slug/postings/new" params={{ slug }} search={{ party: party.id }}>
            {t('postings.new')}
          </LinkButton>
        ) : null}
      </div>
      <Paged query={query} pages={pages} of={(data) => data.postings}>
        {(rows) => <PostingTable rows={rows} empty={t('postings.noneOfParty')} />}
      </Paged>
    </section>
  );
}

export function HistoryTab({ party }: PartyTabProps) {
  const t = useT();
  const pages = usePages(party.id);
  const query = useQuery({
    query: PartyHistoryDocument,
    variables: { id: party.id, first: PAGE_SIZE, after: pages.after },
  });
  return (
    <Paged query={query} pages={pages} of={(data) => data.hiringParty?.history}>
      {(rows) => (
        <Timeline
          events={rows.map((event) => ({
            ...event,
            actor: event.byItself ? t('parties.byItself') : event.actor,
          }))}
        />
      )}
    </Paged>
  );
}
