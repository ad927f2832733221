import { Link } from '@tanstack/react-router';
import { useTerm } from '../app/i18n';
import { mayOpen } from '../app/menu';
import { type SessionValue, useSession } from '../app/session';

/** Every kind of thing that the server names by an id, and the page of those that have one of their own. */
export const SUBJECTS = {
  Account: '/$slug/accounts/$id',
  Agency: '/$slug/agencies/$id',
  AgencyBranch: null,
  AgencyInspection: null,
  AgentRequest: null,
  AnnualReport: null,
  ApiKey: null,
  AuditEntry: null,
  BadCredit: null,
  Case: '/$slug/cases/$id',
  Channel: '/$slug/channels/$id',
  ChannelDelivery: null,
  CheckPhoto: null,
  Citizen: null,
  CitizenSession: null,
  ConductPoint: null,
  Consent: null,
  ConstructionProject: null,
  DirectoryImport: '/$slug/imports/$id',
  DirectoryReturn: null,
  DisplayedItem: null,
  EmployerVisit: null,
  Engagement: '/$slug/engagements/$id',
  ExportedFile: null,
  Facility: null,
  Favourite: null,
  FeeReceipt: null,
  File: null,
  HiringParty: '/$slug/parties/$id',
  Invitation: null,
  Job: null,
  LedgerEntry: null,
  Liaison: '/$slug/liaison',
  MailMessage: null,
  MapAnnotation: null,
  Market: '/$slug/markets/$id',
  MarketContact: null,
  Milestone: null,
  MonitoringCity: null,
  MonitoringSample: null,
  OperatorContract: null,
  PartyEvent: null,
  PartyMember: null,
  PartyRecheck: null,
  PartyReview: null,
  PickupBay: null,
  PolicyLine: null,
  Posting: '/$slug/postings/$id',
  PostingImport: '/$slug/posting-imports/$id',
  PostingTemplate: null,
  PriceItem: null,
  PriceList: null,
  ProvinceDeadline: null,
  ProvincePosting: null,
  ProvinceReport: null,
  ProvinceReturn: null,
  RoleAssignment: null,
  SafetyCheck: null,
  Session: null,
  Shift: null,
  SmsMessage: null,
  Talk: null,
  Upload: null,
  VerificationStep: null,
  WageSheet: null,
  Worker: '/$slug/workers/$id',
  WorkerCertificate: null,
  Zone: null,
} as const;

/** The page of a thing, for whoever may open it. */
export function pageOf(type: string, session: Pick<SessionValue, 'can' | 'viewer'>) {
  const page = Object.hasOwn(SUBJECTS, type) ? SUBJECTS[type as keyof typeof SUBJECTS] : null;
  return page && mayOpen(session, page) ? page : null;
}

interface Props {
  type: string | null;
  id: string | null;
}

/** What an entry is about: in words, as a way there where there is one, and by its id. */
export function Subject({ type, id }: Props) {
  const term = useTerm();
  const session = useSession();
  if (!type) return '—';
  const words = term('subject', type);
  const page = id ? pageOf(type, session) : null;
  return (
    <>
      {page && id ? (
        <Link to={page} params={{ slug: session.slug, id }}>
          {words}
        </Link>
      ) : (
        words
      )}
      {id ? (
        <span className="soft id" title={id}>
          {id}
        </span>
      ) : null}
    </>
  );
}
