import { Alert, Button, Empty, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import type { CombinedError, UseQueryState } from 'urql';
import { useT } from '../app/i18n';
import { faultMessage } from '../app/outcome';

/** While something is on its way. */
export function Waiting() {
  const t = useT();
  return (
    <div role="status" aria-label={t('state.loading')} className="waiting">
      <Skeleton active title={false} paragraph={{ rows: 4 }} />
    </div>
  );
}

export function Failed({ error, onRetry }: { error: CombinedError; onRetry: () => void }) {
  const t = useT();
  const id = (error.response as Response | undefined)?.headers?.get?.('x-request-id');
  return (
    <Alert
      type="error"
      showIcon
      title={faultMessage(error)}
      description={id ? t('fault.requestId', { id }) : undefined}
      action={<Button onClick={onRetry}>{t('action.retry')}</Button>}
    />
  );
}

export function Nothing({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={text}>
      {children}
    </Empty>
  );
}

interface LoadedProps<D> {
  query: readonly [Pick<UseQueryState<D>, 'data' | 'error'>, (options?: { requestPolicy?: 'network-only' }) => void];
  children: (data: NonNullable<D>) => ReactNode;
}

/** The answer of a query, or why there is none yet. What was shown stays while it is asked for again. */
export function Loaded<D>({ query: [state, refetch], children }: LoadedProps<D>) {
  if (state.data) return children(state.data);
  if (state.error) return <Failed error={state.error} onRetry={() => refetch({ requestPolicy: 'network-only' })} />;
  return <Waiting />;
}
