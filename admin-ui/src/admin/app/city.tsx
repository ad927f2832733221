import { getRouteApi, useNavigate, useRouterState } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { Provider } from 'urql';
import { FirstSteps } from '../auth/first-steps';
import { makeClient } from './client';
import { useDisplay } from './display';
import { SessionGate, useSession } from './session';
import { Shell } from './shell';

const route = getRouteApi('/$slug');

/** Everything of one city: its client, its session, and the shell. A change of language asks the server anew. */
export function CityLayout() {
  const { slug } = route.useParams();
  const { language } = useDisplay();
  const navigate = useNavigate();
  const here = useRouterState({ select: (s) => s.location.href });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the language rides in a header, so cached words must go with it
  const client = useMemo(() => makeClient(slug), [slug, language]);
  const leave = useCallback(() => {
    const back = here.startsWith(`/${slug}`) ? here : undefined;
    void navigate({ to: '/sign-in', search: (back ? { back } : {}) as never, replace: true });
  }, [navigate, here, slug]);
  return (
    <Provider value={client}>
      <SessionGate slug={slug} onSignedOut={leave}>
        <Gate />
      </SessionGate>
    </Provider>
  );
}

/** A new password and a second factor come before everything else. */
function Gate() {
  const { viewer } = useSession();
  return viewer.mustChangePassword || viewer.mustEnrolTotp ? <FirstSteps /> : <Shell />;
}
