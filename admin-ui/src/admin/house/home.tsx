import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { menuFor } from '../app/menu';
import { useSession } from '../app/session';
import { HomeDocument, type HowManyFragment, ProvinceHomeDocument, WaitingHomeDocument } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { Figure } from '../kit/facts';
import { today, useFormat } from '../kit/format';
import { Page } from '../kit/page';
import { Loaded } from '../kit/state';
import { RETURN_TONES } from '../returns/tones';

/** Where one lands: what waits for somebody, and the doors one may open. */
export function Home() {
  const t = useT();
  const session = useSession();
  const { viewer, can } = session;
  return (
    <Page title={t('home.title', { name: viewer.account.displayName })} lead={session.cityName}>
      {viewer.tenant.isPlatform ? can('province.read') ? <ProvinceFigures /> : null : <CityFigures />}
      {viewer.tenant.isPlatform ? null : <Waiting />}
      <h2>{t('home.doors')}</h2>
      <ul className="doors">
        {menuFor(session)
          .flatMap((group) => group.items)
          .filter((item) => !item.exact)
          .map((item) => (
            <li key={item.to}>
              <Link to={item.to} params={{ slug: session.slug }}>
                {item.icon}
                {t(item.label)}
              </Link>
            </li>
          ))}
      </ul>
    </Page>
  );
}

function CityFigures() {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { slug, can } = useSession();
  const markets = can('market.read');
  const returns = can('return.read');
  const query = useQuery({
    query: HomeDocument,
    variables: { year: Number(today().slice(0, 4)), markets, returns },
    pause: !markets && !returns,
  });
  if (!markets && !returns) return null;
  return (
    <Loaded query={query}>
      {(data) => (
        <dl className="figures">
          {(['listed', 'drafts', 'suspended'] as const).map((name) =>
            data[name] ? (
              <Figure key={name} label={t(`home.${name}`)}>
                <Link
                  to="/$slug/markets"
                  params={{ slug }}
                  search={{ status: { listed: 'LISTED', drafts: 'DRAFT', suspended: 'SUSPENDED' }[name] }}
                >
                  {format.number(data[name]?.totalCount)}
                </Link>
              </Figure>
            ) : null,
          )}
          {data.standardisationTarget ? (
            <Figure label={t('home.standardised')}>
              <Link to="/$slug/coverage" params={{ slug }}>
                {data.standardisationTarget.actual}
              </Link>
              <Chip tone={data.standardisationTarget.met ? 'good' : 'warn'}>
                {t('home.target', { n: data.standardisationTarget.target })}
              </Chip>
            </Figure>
          ) : null}
          {data.directoryReturn ? (
            <Figure label={t('home.return')}>
              <Link to="/$slug/returns" params={{ slug }}>
                {format.date(data.directoryReturn.dueOn)}
              </Link>
              <Chip tone={RETURN_TONES[data.directoryReturn.status] ?? 'plain'}>
                {term('return', data.directoryReturn.status)}
              </Chip>
            </Figure>
          ) : null}
        </dl>
      )}
    </Loaded>
  );
}

/** Engagements that somebody has to look at; they are not counted beyond a page. */
const OPEN = ['warned', 'disputed', 'unclosed'] as const;

function howMany({ edges, pageInfo }: HowManyFragment) {
  return `${edges.length}${pageInfo.hasNextPage ? '+' : ''}`;
}

/** What waits for somebody in hiring (待办): reviews, wages that were not paid, what is disputed or open. */
function Waiting() {
  const t = useT();
  const format = useFormat();
  const { slug, can } = useSession();
  const reviews = can('posting.review');
  const engagements = can('engagement.read');
  const pause = !reviews && !engagements;
  const query = useQuery({ query: WaitingHomeDocument, variables: { reviews, engagements }, pause });
  if (pause) return null;
  return (
    <Loaded query={query}>
      {(data) => (
        <dl className="figures">
          {data.reviewQueue ? (
            <Figure label={t('home.reviews')}>
              <Link to="/$slug/posting-reviews" params={{ slug }}>
                {format.number(data.reviewQueue.totalCount)}
              </Link>
            </Figure>
          ) : null}
          {OPEN.map((name) => {
            const found = data[name];
            return found ? (
              <Figure key={name} label={t(`home.${name}`)}>
                <Link to="/$slug/engagements" params={{ slug }} search={{ tab: 'all', only: name }}>
                  {howMany(found)}
                </Link>
              </Figure>
            ) : null;
          })}
        </dl>
      )}
    </Loaded>
  );
}

function ProvinceFigures() {
  const t = useT();
  const format = useFormat();
  const { slug } = useSession();
  const query = useQuery({ query: ProvinceHomeDocument, variables: { year: Number(today().slice(0, 4)) } });
  return (
    <Loaded query={query}>
      {({ provinceReturns, provinceDeadlines }) => (
        <dl className="figures">
          <Figure label={t('province.figure.handedIn')}>
            <Link to="/$slug/province" params={{ slug }}>
              {(provinceReturns ?? []).filter((r) => r.status === 'SUBMITTED' || r.status === 'ACCEPTED').length} /{' '}
              {provinceReturns?.length ?? 0}
            </Link>
          </Figure>
          <Figure label={t('province.figure.late')}>{(provinceReturns ?? []).filter((r) => r.late).length}</Figure>
          <Figure label={t('province.citiesDue')}>{format.date(provinceDeadlines?.citiesDueOn)}</Figure>
          <Figure label={t('province.ministryDue')}>{format.date(provinceDeadlines?.ministryDueOn)}</Figure>
        </dl>
      )}
    </Loaded>
  );
}
