import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { AGENCY_TABS, readAgencySearch } from '../agencies/search';
import { rememberedSlug, SignInPage } from '../auth/sign-in';
import { readCaseSearch } from '../cases/search';
import { readEngagementSearch } from '../engagements/search';
import { readMailTab } from '../house/mail-tab';
import { readTab } from '../kit/tab-search';
import { readMarketSearch } from '../markets/search';
import { TAB_NAMES } from '../markets/tab-names';
import { PARTY_TABS, readParty, readPartyReviewTab, readPartySearch } from '../parties/search';
import { readPostingSearch } from '../postings/search';
import { readYear } from '../returns/year';
import { readWorkerSearch } from '../workers/search';
import { CityLayout } from './city';
import { Crashed, Missing, MissingOutside } from './fallback';

const root = createRootRoute({ notFoundComponent: MissingOutside, errorComponent: Crashed });

const index = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    const slug = rememberedSlug();
    throw slug ? redirect({ to: '/$slug', params: { slug } }) : redirect({ to: '/sign-in' });
  },
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: 'sign-in',
  validateSearch: (raw: Record<string, unknown>): { back?: string } =>
    typeof raw.back === 'string' ? { back: raw.back } : {},
  component: SignInPage,
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: 'accept',
  component: lazyRouteComponent(() => import('../auth/invitation'), 'InvitationPage'),
});

const city = createRoute({
  getParentRoute: () => root,
  path: '$slug',
  component: CityLayout,
  notFoundComponent: Missing,
  errorComponent: Crashed,
});
const under = { getParentRoute: () => city } as const;

const cityRoutes = [
  createRoute({ ...under, path: '/', component: lazyRouteComponent(() => import('../house/home'), 'Home') }),
  createRoute({ ...under, path: 'counter', component: lazyRouteComponent(() => import('../counter/page'), 'Counter') }),
  createRoute({
    ...under,
    path: 'engagements',
    validateSearch: readEngagementSearch,
    component: lazyRouteComponent(() => import('../engagements/page'), 'Engagements'),
  }),
  createRoute({
    ...under,
    path: 'engagements/$id',
    component: lazyRouteComponent(() => import('../engagements/detail'), 'EngagementDetail'),
  }),
  createRoute({
    ...under,
    path: 'workers',
    validateSearch: readWorkerSearch,
    component: lazyRouteComponent(() => import('../workers/page'), 'Workers'),
  }),
  createRoute({
    ...under,
    path: 'workers/$id',
    component: lazyRouteComponent(() => import('../workers/detail'), 'WorkerDetail'),
  }),
  createRoute({
    ...under,
    path: 'citizens/$id',
    component: lazyRouteComponent(() => import('../workers/citizen'), 'CitizenDetail'),
  }),
  createRoute({
    ...under,
    path: 'cases',
    validateSearch: readCaseSearch,
    component: lazyRouteComponent(() => import('../cases/list'), 'CaseList'),
  }),
  createRoute({
    ...under,
    path: 'cases/$id',
    component: lazyRouteComponent(() => import('../cases/detail'), 'CaseDetail'),
  }),
  createRoute({
    ...under,
    path: 'hire-figures',
    component: lazyRouteComponent(() => import('../engagements/figures'), 'HireFigures'),
  }),
  createRoute({
    ...under,
    path: 'markets',
    validateSearch: readMarketSearch,
    component: lazyRouteComponent(() => import('../markets/list'), 'MarketList'),
  }),
  createRoute({
    ...under,
    path: 'markets/new',
    component: lazyRouteComponent(() => import('../markets/edit'), 'MarketNew'),
  }),
  createRoute({
    ...under,
    path: 'markets/$id',
    validateSearch: (raw: Record<string, unknown>) => readTab(TAB_NAMES, raw),
    component: lazyRouteComponent(() => import('../markets/detail'), 'MarketDetail'),
  }),
  createRoute({
    ...under,
    path: 'markets/$id/edit',
    component: lazyRouteComponent(() => import('../markets/edit'), 'MarketEdit'),
  }),
  createRoute({
    ...under,
    path: 'imports',
    component: lazyRouteComponent(() => import('../imports/list'), 'ImportList'),
  }),
  createRoute({
    ...under,
    path: 'imports/$id',
    component: lazyRouteComponent(() => import('../imports/detail'), 'ImportDetail'),
  }),
  createRoute({
    ...under,
    path: 'returns',
    validateSearch: readYear,
    component: lazyRouteComponent(() => import('../returns/page'), 'ReturnPage'),
  }),
  createRoute({
    ...under,
    path: 'coverage',
    component: lazyRouteComponent(() => import('../coverage/page'), 'Coverage'),
  }),
  createRoute({
    ...under,
    path: 'province',
    validateSearch: readYear,
    component: lazyRouteComponent(() => import('../province/page'), 'ProvincePage'),
  }),
  createRoute({
    ...under,
    path: 'province/$city',
    validateSearch: readYear,
    component: lazyRouteComponent(() => import('../province/city'), 'ProvinceCity'),
  }),
  createRoute({
    ...under,
    path: 'liaisons',
    component: lazyRouteComponent(() => import('../province/liaisons'), 'ProvinceLiaisons'),
  }),
  createRoute({
    ...under,
    path: 'accounts',
    component: lazyRouteComponent(() => import('../people/accounts'), 'Accounts'),
  }),
  createRoute({
    ...under,
    path: 'accounts/$id',
    component: lazyRouteComponent(() => import('../people/account'), 'AccountDetail'),
  }),
  createRoute({ ...under, path: 'roles', component: lazyRouteComponent(() => import('../people/roles'), 'Roles') }),
  createRoute({
    ...under,
    path: 'api-keys',
    component: lazyRouteComponent(() => import('../people/api-keys'), 'ApiKeys'),
  }),
  createRoute({
    ...under,
    path: 'liaison',
    component: lazyRouteComponent(() => import('../people/liaison'), 'LiaisonPage'),
  }),
  createRoute({ ...under, path: 'audit', component: lazyRouteComponent(() => import('../trust/audit'), 'Audit') }),
  createRoute({
    ...under,
    path: 'access',
    component: lazyRouteComponent(() => import('../trust/explain'), 'ExplainAccess'),
  }),
  createRoute({
    ...under,
    path: 'mail',
    validateSearch: readMailTab,
    component: lazyRouteComponent(() => import('../house/mail'), 'Mail'),
  }),
  createRoute({
    ...under,
    path: 'schema',
    component: lazyRouteComponent(() => import('../developer/schema'), 'SchemaExplorer'),
  }),
  createRoute({ ...under, path: 'profile', component: lazyRouteComponent(() => import('../auth/profile'), 'Profile') }),
] as const;

const hiringRoutes = [
  createRoute({
    ...under,
    path: 'postings',
    validateSearch: readPostingSearch,
    component: lazyRouteComponent(() => import('../postings/list'), 'PostingList'),
  }),
  createRoute({
    ...under,
    path: 'postings/new',
    validateSearch: readParty,
    component: lazyRouteComponent(() => import('../postings/edit'), 'PostingNew'),
  }),
  createRoute({
    ...under,
    path: 'postings/figures',
    component: lazyRouteComponent(() => import('../postings/figures'), 'PostingFigures'),
  }),
  createRoute({
    ...under,
    path: 'postings/$id',
    component: lazyRouteComponent(() => import('../postings/detail'), 'PostingDetail'),
  }),
  createRoute({
    ...under,
    path: 'postings/$id/edit',
    component: lazyRouteComponent(() => import('../postings/edit'), 'PostingEdit'),
  }),
  createRoute({
    ...under,
    path: 'posting-reviews',
    component: lazyRouteComponent(() => import('../postings/reviews'), 'PostingReviews'),
  }),
  createRoute({
    ...under,
    path: 'posting-imports',
    component: lazyRouteComponent(() => import('../postings/imports/list'), 'PostingImports'),
  }),
  createRoute({
    ...under,
    path: 'posting-imports/$id',
    component: lazyRouteComponent(() => import('../postings/imports/detail'), 'PostingImportDetail'),
  }),
  createRoute({
    ...under,
    path: 'channels',
    component: lazyRouteComponent(() => import('../channels/list'), 'ChannelList'),
  }),
  createRoute({
    ...under,
    path: 'channels/$id',
    component: lazyRouteComponent(() => import('../channels/detail'), 'ChannelDetail'),
  }),
  createRoute({
    ...under,
    path: 'parties',
    validateSearch: readPartySearch,
    component: lazyRouteComponent(() => import('../parties/list'), 'PartyList'),
  }),
  createRoute({
    ...under,
    path: 'parties/new',
    component: lazyRouteComponent(() => import('../parties/register'), 'PartyNew'),
  }),
  createRoute({
    ...under,
    path: 'parties/$id',
    validateSearch: (raw: Record<string, unknown>) => readTab(PARTY_TABS, raw),
    component: lazyRouteComponent(() => import('../parties/detail'), 'PartyDetail'),
  }),
  createRoute({
    ...under,
    path: 'party-reviews',
    validateSearch: readPartyReviewTab,
    component: lazyRouteComponent(() => import('../parties/reviews'), 'PartyReviews'),
  }),
  createRoute({
    ...under,
    path: 'visits',
    component: lazyRouteComponent(() => import('../parties/visits'), 'VisitList'),
  }),
  createRoute({
    ...under,
    path: 'agencies',
    validateSearch: readAgencySearch,
    component: lazyRouteComponent(() => import('../agencies/list'), 'AgencyList'),
  }),
  createRoute({
    ...under,
    path: 'agencies/new',
    component: lazyRouteComponent(() => import('../agencies/register'), 'AgencyNew'),
  }),
  createRoute({
    ...under,
    path: 'agencies/parameters',
    component: lazyRouteComponent(() => import('../agencies/parameters'), 'AgencyParameters'),
  }),
  createRoute({
    ...under,
    path: 'agencies/$id',
    validateSearch: (raw: Record<string, unknown>) => readTab(AGENCY_TABS, raw),
    component: lazyRouteComponent(() => import('../agencies/detail'), 'AgencyDetail'),
  }),
] as const;

const tree = root.addChildren([index, signIn, invitation, city.addChildren([...cityRoutes, ...hiringRoutes])]);

export const router = createRouter({
  routeTree: tree,
  basepath: '/admin',
  defaultPreload: false,
  scrollRestoration: true,
  // Filters stay plain words in the address bar, so that a link can be read aloud.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const params = new URLSearchParams();
    for (const [key, value] of Object.entries(search))
      if (value !== undefined && value !== null) params.set(key, String(value));
    const text = params.toString();
    return text ? `?${text}` : '';
  },
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
