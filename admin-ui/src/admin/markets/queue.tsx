import { Button, Space } from 'antd';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { CallQueueNumberDocument, IssueQueueNumberDocument } from '../gql/graphql';
import { useTell } from '../kit/feedback';
import type { TabProps } from './tabs/props';

/** Queue numbers of today (排队号): the desk issues and calls them, the public sees the last one called and how many wait. */
export function QueueCard({ market, refetch }: TabProps) {
  const t = useT();
  const tell = useTell();
  const { can } = useSession();
  const [issue, issuing] = useAction(IssueQueueNumberDocument);
  const [call, calling] = useAction(CallQueueNumberDocument);
  if (market.status !== 'LISTED') return null;
  const queue = market.queueNumbers;
  const marketId = market.id;
  const act = async (send: typeof issue | typeof call, text: 'queue.issued' | 'queue.called') => {
    const outcome = await send({ marketId });
    const number = outcome.kind === 'done' && 'number' in outcome.value ? outcome.value.number : '';
    tell(outcome, t(text, { n: number }));
    refetch();
  };
  return (
    <section className="card" aria-labelledby="queue-title">
      <h2 id="queue-title">{t('queue.title')}</h2>
      <p role="status">
        {queue ? t('queue.now', { called: queue.lastCalled, waiting: queue.waiting }) : t('queue.none')}
      </p>
      {can('market.queue') ? (
        <Space wrap>
          <Button loading={issuing} onClick={() => void act(issue, 'queue.issued')}>
            {t('queue.issue')}
          </Button>
          <Button loading={calling} disabled={!queue?.waiting} onClick={() => void act(call, 'queue.called')}>
            {t('queue.call')}
          </Button>
        </Space>
      ) : null}
    </section>
  );
}
