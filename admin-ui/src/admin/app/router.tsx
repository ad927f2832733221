import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { rememberedSlug, SignInPage } from '../auth/sign-in';
import { readMarketSearch } from '../markets/search';
import { CityLayout } from './city';
import { Crashed, Missing } from './fallback';

const root = createRootRoute({ notFoundComponent: Missing, errorComponent: Crashed });

const index = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    const slug = rememberedSlug();
    throw slug ? redirect({ to: '/$slug', params: { slug } }) : redirect({ to: '/sign-in' });
  },
});

const signIn = createRoute({ getParentRoute: () => root, path: 'sign-in', component: SignInPage });

const city = createRoute({ getParentRoute: () => root, path: '$slug', component: CityLayout, errorComponent: Crashed });
const under = { getParentRoute: () => city } as const;

const cityRoutes = [
  createRoute({ ...under, path: '/', component: lazyRouteComponent(() => import('../house/home'), 'Home') }),
  createRoute({
    ...under,
    path: 'markets',
    validateSearch: readMarketSearch,
    component: lazyRouteComponent(() => import('../markets/list'), 'MarketList'),
  }),
  createRoute({ ...under, path: 'imports', component: lazyRouteComponent(() => import('../imports/list'), 'ImportList') }),
  createRoute({ ...under, path: 'imports/$id', component: lazyRouteComponent(() => import('../imports/detail'), 'ImportDetail') }),
] as const;

const tree = root.addChildren([index, signIn, city.addChildren([...cityRoutes])]);

export const router = createRouter({
  routeTree: tree,
  basepath: '/admin',
  defaultPreload: false,
  scrollRestoration: true,
  // Filters stay plain words in the address bar, so that a link can be read aloud.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const params = new URLSearchParams();
    for (const [key, value] of Object.entries(search)) if (value !== undefined && value !== null) params.set(key, String(value));
    const text = params.toString();
    return text ? `?${text}` : '';
  },
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
