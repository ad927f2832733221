import { createContext, type ReactNode, use, useCallback, useEffect, useMemo } from 'react';
import { useQuery } from 'urql';
import { MeDocument, type MeQuery } from '../gql/graphql';
import { Failed, Waiting } from '../kit/state';
import { SESSION_LOST } from './client';
import { useDisplay } from './display';
import type { Permission } from './permissions';

type Viewer = NonNullable<MeQuery['me']>;

export interface SessionValue {
  slug: string;
  viewer: Viewer;
  cityName: string;
  can: (permission: Permission) => boolean;
  reload: () => void;
}

const SessionContext = createContext<SessionValue | null>(null);

export function useSession(): SessionValue {
  const value = use(SessionContext);
  if (!value) throw new Error('useSession outside of a session');
  return value;
}

interface Props {
  slug: string;
  onSignedOut: () => void;
  children: ReactNode;
}

/** Asks who is signed in; without a session, goes to the sign-in page. */
export function SessionGate({ slug, onSignedOut, children }: Props) {
  const [{ data, error, fetching }, refetch] = useQuery({ query: MeDocument });
  const { language } = useDisplay();
  const viewer = data?.me ?? null;
  const reload = useCallback(() => refetch({ requestPolicy: 'network-only' }), [refetch]);

  useEffect(() => {
    window.addEventListener(SESSION_LOST, onSignedOut);
    return () => window.removeEventListener(SESSION_LOST, onSignedOut);
  }, [onSignedOut]);

  const stranger = data !== undefined && viewer === null && !fetching;
  useEffect(() => {
    if (stranger) onSignedOut();
  }, [stranger, onSignedOut]);

  const value = useMemo<SessionValue | null>(() => {
    if (!viewer) return null;
    const granted = new Set(viewer.permissions);
    return {
      slug,
      viewer,
      cityName: language === 'en' ? viewer.tenant.nameEn : viewer.tenant.nameZh,
      can: (permission) => granted.has(permission),
      reload,
    };
  }, [viewer, slug, language, reload]);

  if (value) return <SessionContext value={value}>{children}</SessionContext>;
  if (error && !fetching) return <Failed error={error} onRetry={reload} />;
  return <Waiting />;
}
