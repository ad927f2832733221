import { getRouteApi, useNavigate } from '@tanstack/react-router';
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
  // biome-ignore lint/correctness/useExhaustiveDependencies: the language rides in a header, so cached words must go with it
  const client = useMemo(() => makeClient(slug), [slug, language]);
  const leave = useCallback(() => {
    const back = `${window.location.pathname}${window.location.search}`;
    // Asked twice, the second time from the sign-in page itself: the way back is already known.
    if (!back.startsWith(`/admin/${slug}`)) return;
    void navigate({ to: '/sign-in', search: { back }, replace: true });
  }, [navigate, slug]);
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
