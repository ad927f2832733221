import { getRouteApi } from '@tanstack/react-router';
import { Alert } from 'antd';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { AgencyPageDocument, type AgencyWholeFragment } from '../gql/graphql';
import { DetailTabs, type Tabs } from '../kit/detail-tabs';
import { Fact, Facts } from '../kit/facts';
import { useFormat } from '../kit/format';
import { Found } from '../kit/found';
import { Page } from '../kit/page';
import { AgencyActions } from './actions';
import { AGENCY_TABS, type AgencyTab } from './search';
import { BranchesTab } from './tabs/branches';
import { DisplayedTab } from './tabs/displayed';
import { HistoryTab } from './tabs/history';
import { InspectionsTab } from './tabs/inspections';
import { LedgerTab } from './tabs/ledger';
import { PricesTab } from './tabs/prices';
import { ReceiptsTab } from './tabs/receipts';
import { ReportsTab } from './tabs/reports';
import { Expiry, LicenceTag, ReportDue } from './tags';

const route = getRouteApi('/$slug/agencies/$id');

export interface AgencyTabProps {
  agency: AgencyWholeFragment;
  refetch: () => void;
}

const TABS: Tabs<AgencyTab, AgencyTabProps> = {
  overview: { label: 'agencies.tab.overview', view: Overview },
  branches: { label: 'agencies.tab.branches', view: BranchesTab },
  prices: { label: 'agencies.tab.prices', view: PricesTab },
  displayed: { label: 'agencies.tab.displayed', view: DisplayedTab },
  inspections: { label: 'agencies.tab.inspections', view: InspectionsTab, may: 'agency.supervise' },
  ledger: { label: 'agencies.tab.ledger', view: LedgerTab, may: 'agency.ledger' },
  receipts: { label: 'agencies.tab.receipts', view: ReceiptsTab, may: 'agency.ledger' },
  reports: { label: 'agencies.tab.reports', view: ReportsTab },
  history: { label: 'agencies.tab.history', view: HistoryTab, may: 'agency.supervise' },
};

/** Everything about one agency. */
export function AgencyDetail() {
  const { id } = route.useParams();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery({ query: AgencyPageDocument, variables: { id } });
  const refetch = () => query[1]({ requestPolicy: 'network-only' });
  return (
    <Found query={query} of={(data) => data.agency}>
      {(agency) => (
        <Page
          title={agency.name}
          lead={
            <>
              <LicenceTag state={agency.licenceState} /> {agency.licenceNo}
            </>
          }
          actions={<AgencyActions agency={agency} refetch={refetch} />}
        >
          <Warnings agency={agency} />
          <DetailTabs
            label={agency.name}
            names={AGENCY_TABS}
            tabs={TABS}
            tab={tab}
            about={{ agency, refetch }}
            onOpen={(search) => void navigate({ search, replace: true })}
          />
        </Page>
      )}
    </Found>
  );
}

/** What stops publishing, and what hangs on the wall or does not. */
function Warnings({ agency: a }: { agency: AgencyWholeFragment }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  return (
    <>
      {a.licenceState !== 'VALID' ? (
        <Alert
          className="gap"
          type={a.licenceState === 'UNVERIFIED' ? 'warning' : 'error'}
          showIcon
          title={t('agencies.stopped', {
            state: term('licenceState', a.licenceState),
            date: format.date(a.licenceStateSince),
          })}
          description={
            a.statusReason ? t('agencies.because', { reason: a.statusReason, article: a.statusArticle ?? '—' }) : null
          }
        />
      ) : null}
      {a.registeredHere && a.missingDisplayedItems.length > 0 ? (
        <Alert
          className="gap"
          type="warning"
          showIcon
          title={t('agencies.notDisplayed', {
            items: format.list(a.missingDisplayedItems.map((kind) => term('displayedKind', kind))),
          })}
        />
      ) : null}
    </>
  );
}

function Overview({ agency: a }: AgencyTabProps) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  return (
    <Facts>
      <Fact label={t('agencies.licenceNo')}>{a.licenceNo}</Fact>
      <Fact label={t('agencies.licenceState')}>
        <LicenceTag state={a.licenceState} />
      </Fact>
      <Fact label={t('agencies.scope')}>{format.list(a.scope.map((one) => term('licenceScope', one))) || '—'}</Fact>
      <Fact label={t('agencies.issuer')}>{a.issuer ?? '—'}</Fact>
      <Fact label={t('agencies.issuedOn')}>{format.date(a.issuedOn)}</Fact>
      <Fact label={t('agencies.expiresOn')}>
        <Expiry agency={a} />
      </Fact>
      <Fact label={t('agencies.uscc')}>{a.uscc ?? '—'}</Fact>
      <Fact label={t('agencies.county')}>{a.countyName ?? '—'}</Fact>
      <Fact label={t('agencies.registered')}>
        {a.registeredHere
          ? t('agencies.here')
          : a.registeredIn
            ? t('agencies.inCity', { code: a.registeredIn })
            : t('agencies.heardOf')}
      </Fact>
      <Fact label={t('agencies.verifiedAt')}>{format.dateTime(a.verifiedAt)}</Fact>
      <Fact label={t('agencies.annualReport')}>
        <ReportDue agency={a} />
      </Fact>
      <Fact label={t('agencies.enteredAt')}>{format.dateTime(a.enteredAt)}</Fact>
    </Facts>
  );
}
