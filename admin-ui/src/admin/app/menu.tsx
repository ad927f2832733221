import {
  ApiOutlined,
  AuditOutlined,
  BankOutlined,
  CarryOutOutlined,
  ClockCircleOutlined,
  ClusterOutlined,
  CompassOutlined,
  ContactsOutlined,
  DashboardOutlined,
  EnvironmentOutlined,
  FileDoneOutlined,
  FolderOpenOutlined,
  HomeOutlined,
  IdcardOutlined,
  ImportOutlined,
  KeyOutlined,
  MailOutlined,
  NotificationOutlined,
  ProfileOutlined,
  QuestionCircleOutlined,
  SafetyCertificateOutlined,
  ShopOutlined,
  SolutionOutlined,
  TeamOutlined,
  UserOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { MessageKey } from './i18n';
import type { Permission } from './permissions';
import type { SessionValue } from './session';

interface Item {
  to: string;
  label: MessageKey;
  icon: ReactNode;
  exact?: boolean;
  /** Shown to whoever holds one of these; to everybody where none is named. */
  any?: Permission[];
  only?: 'city' | 'platform';
}

interface Group {
  title?: MessageKey;
  items: Item[];
}

const GROUPS: Group[] = [
  { items: [{ to: '/$slug', label: 'menu.home', icon: <HomeOutlined />, exact: true }] },
  {
    title: 'menu.hall',
    items: [
      {
        to: '/$slug/counter',
        label: 'menu.counter',
        icon: <SolutionOutlined />,
        any: ['worker.register', 'worker.look_up'],
        only: 'city',
      },
      {
        to: '/$slug/engagements',
        label: 'menu.engagements',
        icon: <ClockCircleOutlined />,
        any: ['engagement.read'],
        only: 'city',
      },
      {
        to: '/$slug/workers',
        label: 'menu.workers',
        icon: <IdcardOutlined />,
        any: ['worker.read', 'worker.statistics'],
        only: 'city',
      },
      { to: '/$slug/cases', label: 'menu.cases', icon: <FolderOpenOutlined />, any: ['case.read'], only: 'city' },
      {
        to: '/$slug/hire-figures',
        label: 'menu.hireFigures',
        icon: <DashboardOutlined />,
        any: ['hiring.figures', 'hiring.rules'],
        only: 'city',
      },
    ],
  },
  {
    title: 'menu.directory',
    items: [
      { to: '/$slug/markets', label: 'menu.markets', icon: <ShopOutlined />, any: ['market.read'], only: 'city' },
      {
        to: '/$slug/imports',
        label: 'menu.imports',
        icon: <ImportOutlined />,
        any: ['import.check', 'import.apply'],
        only: 'city',
      },
      { to: '/$slug/coverage', label: 'menu.coverage', icon: <CompassOutlined />, any: ['market.read'], only: 'city' },
      { to: '/$slug/returns', label: 'menu.returns', icon: <FileDoneOutlined />, any: ['return.read'], only: 'city' },
    ],
  },
  {
    title: 'menu.hiring',
    items: [
      {
        to: '/$slug/postings',
        label: 'menu.postings',
        icon: <ProfileOutlined />,
        any: ['posting.read'],
        only: 'city',
      },
      {
        to: '/$slug/posting-reviews',
        label: 'menu.postingReviews',
        icon: <CarryOutOutlined />,
        any: ['posting.review'],
        only: 'city',
      },
      {
        to: '/$slug/posting-imports',
        label: 'menu.postingImports',
        icon: <ImportOutlined />,
        any: ['posting.import'],
        only: 'city',
      },
      {
        to: '/$slug/channels',
        label: 'menu.channels',
        icon: <NotificationOutlined />,
        any: ['channel.manage'],
        only: 'city',
      },
      { to: '/$slug/parties', label: 'menu.parties', icon: <BankOutlined />, any: ['party.read'], only: 'city' },
      {
        to: '/$slug/party-reviews',
        label: 'menu.partyReviews',
        icon: <SafetyCertificateOutlined />,
        any: ['party.verify', 'party.recheck'],
        only: 'city',
      },
      { to: '/$slug/visits', label: 'menu.visits', icon: <EnvironmentOutlined />, any: ['visit.read'], only: 'city' },
      { to: '/$slug/agencies', label: 'menu.agencies', icon: <ClusterOutlined />, any: ['agency.read'] },
    ],
  },
  {
    title: 'menu.province',
    items: [
      {
        to: '/$slug/province',
        label: 'menu.provinceReturns',
        icon: <BankOutlined />,
        any: ['province.read'],
        only: 'platform',
      },
      {
        to: '/$slug/liaisons',
        label: 'menu.liaisons',
        icon: <ContactsOutlined />,
        any: ['province.read'],
        only: 'platform',
      },
    ],
  },
  {
    title: 'menu.people',
    items: [
      { to: '/$slug/accounts', label: 'menu.accounts', icon: <UserOutlined />, any: ['account.read'] },
      { to: '/$slug/roles', label: 'menu.roles', icon: <TeamOutlined />, any: ['account.read'] },
      {
        to: '/$slug/liaison',
        label: 'menu.liaison',
        icon: <ContactsOutlined />,
        any: ['liaison.read', 'liaison.set'],
        only: 'city',
      },
      {
        to: '/$slug/api-keys',
        label: 'menu.apiKeys',
        icon: <KeyOutlined />,
        any: ['apikey.manage', 'apikey.revoke'],
      },
    ],
  },
  {
    title: 'menu.trust',
    items: [
      { to: '/$slug/audit', label: 'menu.audit', icon: <AuditOutlined />, any: ['audit.read'] },
      { to: '/$slug/access', label: 'menu.access', icon: <QuestionCircleOutlined />, any: ['access.explain'] },
      { to: '/$slug/mail', label: 'menu.mail', icon: <MailOutlined />, any: ['mail.read'] },
      { to: '/$slug/schema', label: 'menu.schema', icon: <ApiOutlined />, any: ['schema.read'] },
    ],
  },
];

/** The menu a person sees: what they may do, at the level (city or province) they are signed in to. */
export function menuFor({ can, viewer }: Pick<SessionValue, 'can' | 'viewer'>): Group[] {
  const level = viewer.tenant.isPlatform ? 'platform' : 'city';
  return GROUPS.map((group) => ({
    ...group,
    items: group.items.filter((item) => (!item.only || item.only === level) && (!item.any || item.any.some(can))),
  })).filter((group) => group.items.length > 0);
}

/** May somebody open a page of the menu, or what is below it? The list and what stands in it ask for the same. */
export function mayOpen(session: Pick<SessionValue, 'can' | 'viewer'>, to: string): boolean {
  const shown = menuFor(session).flatMap((group) => group.items);
  return shown.some((item) => item.to === to || (!item.exact && to.startsWith(`${item.to}/`)));
}
