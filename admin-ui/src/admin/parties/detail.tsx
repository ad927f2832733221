import { getRouteApi } from '@tanstack/react-router';
import { Alert } from 'antd';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { PartyPageDocument, type PartyWholeFragment } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { DetailTabs, type Tabs } from '../kit/detail-tabs';
import { useFormat } from '../kit/format';
import { Found } from '../kit/found';
import { Page } from '../kit/page';
import { PartyActions } from './actions';
import { Favourites, Templates } from './kept';
import { PeopleTab } from './people';
import { PARTY_TABS, type PartyTab } from './search';
import { StepsTab } from './steps-tab';
import { HistoryTab, Overview, PostingsTab, RechecksTab, VisitsTab } from './tabs';
import { PartyStatusTag } from './tags';

const route = getRouteApi('/$slug/parties/$id');

export interface PartyTabProps {
  party: PartyWholeFragment;
  refetch: () => void;
}

const TABS: Tabs<PartyTab, PartyTabProps> = {
  overview: { label: 'parties.tab.overview', view: Overview },
  steps: { label: 'parties.tab.steps', view: StepsTab },
  people: { label: 'parties.tab.people', view: PeopleTab },
  rechecks: { label: 'parties.tab.rechecks', view: RechecksTab, may: 'party.recheck' },
  visits: { label: 'parties.tab.visits', view: VisitsTab, may: 'visit.read' },
  postings: { label: 'parties.tab.postings', view: PostingsTab, may: 'posting.read' },
  templates: { label: 'parties.tab.templates', view: Templates, may: 'posting.template' },
  favourites: { label: 'parties.tab.favourites', view: Favourites, may: 'posting.template' },
  history: { label: 'parties.tab.history', view: HistoryTab },
};

/** Everything about one hiring party. */
export function PartyDetail() {
  const { id } = route.useParams();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery({ query: PartyPageDocument, variables: { id } });
  const refetch = () => query[1]({ requestPolicy: 'network-only' });
  return (
    <Found query={query} of={({ hiringParty }) => hiringParty}>
      {(party) => (
        <Page
          title={party.displayName}
          lead={<Lead party={party} />}
          actions={<PartyActions party={party} refetch={refetch} />}
        >
          <Notes party={party} />
          <DetailTabs
            label={party.displayName}
            names={PARTY_TABS}
            tabs={TABS}
            tab={tab}
            about={{ party, refetch }}
            onOpen={(search) => void navigate({ search, replace: true })}
          />
        </Page>
      )}
    </Found>
  );
}

function Lead({ party: p }: { party: PartyWholeFragment }) {
  const t = useT();
  const term = useTerm();
  return (
    <>
      <PartyStatusTag status={p.status} /> {term('partyKind', p.kind)}{' '}
      {p.fastLane ? <Chip tone="good">{t('parties.fastLane')}</Chip> : null}{' '}
      {p.stale ? <Chip tone="warn">{t('parties.stale')}</Chip> : null}
    </>
  );
}

/** What stands in the way: why it was sent back or suspended, what is missing, what it was told. */
function Notes({ party: p }: { party: PartyWholeFragment }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const missing = p.missingSteps ?? [];
  return (
    <>
      {p.statusReason ? (
        <Alert className="gap" type="warning" showIcon title={t('parties.statusReason', { reason: p.statusReason })} />
      ) : null}
      {p.notice && p.status === 'REJECTED' ? (
        <Alert
          className="gap"
          type="warning"
          showIcon
          title={t('parties.told', { at: format.dateTime(p.notice.toldAt) })}
          description={p.notice.text}
        />
      ) : null}
      {missing.length > 0 && (p.status === 'PENDING' || p.status === 'REJECTED') ? (
        <Alert
          className="gap"
          type="info"
          showIcon
          title={t('parties.missing', { steps: format.list(missing.map((step) => term('partyStep', step))) })}
        />
      ) : null}
    </>
  );
}
