import { Alert, Button } from 'antd';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { ListImportedMarketsDocument } from '../gql/graphql';
import { useTell } from '../kit/feedback';
import { LinkButton } from '../kit/link';
import type { Import } from './detail';

/** What an import brought, and the next step: listing its complete drafts in one go. */
export function AppliedBox({ item, refetch }: { item: Import; refetch: () => void }) {
  const t = useT();
  const tell = useTell();
  const { slug, can } = useSession();
  const [list, busy] = useAction(ListImportedMarketsDocument);
  const drafts = item.created - item.listed;

  const start = async () => {
    const outcome = await list({ id: item.id, version: item.version });
    if (outcome.kind === 'done') tell(outcome, t('imports.listed', { n: outcome.value.listed }));
    else tell(outcome);
    refetch();
  };

  return (
    <section className="card" aria-labelledby="applied">
      <h2 id="applied">{t('imports.done')}</h2>
      <p role="status">
        {t('imports.doneText', { created: item.created, updated: item.updated, unchanged: item.unchanged })}
      </p>
      {item.listed > 0 ? <p>{t('imports.listedText', { n: item.listed })}</p> : null}
      {item.notListableReasons.length > 0 ? (
        <Alert
          className="gap"
          type="warning"
          showIcon
          title={t('imports.notListable', { n: item.notListable })}
          description={
            <ul>
              {item.notListableReasons.map((r) => (
                <li key={r.reason}>{t('imports.notListableLine', { message: r.message, n: r.count })}</li>
              ))}
            </ul>
          }
        />
      ) : null}
      <div className="actions">
        {drafts > 0 && can('market.list') ? (
          <Button type="primary" loading={busy} onClick={() => void start()}>
            {t('imports.listAll', { n: drafts })}
          </Button>
        ) : null}
        <LinkButton to="/$slug/markets" params={{ slug }} search={drafts > 0 ? { status: 'DRAFT' } : {}}>
          {t(drafts > 0 ? 'imports.toDrafts' : 'imports.toList')}
        </LinkButton>
      </div>
    </section>
  );
}
