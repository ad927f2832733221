import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  DelistMarketDocument,
  ListMarketDocument,
  OpenMarketDocument,
  ResumeMarketDocument,
  SuspendMarketDocument,
} from '../gql/graphql';
import { useTell } from '../kit/feedback';
import { LinkButton } from '../kit/link';
import { ReasonDialog } from '../kit/reason';
import { useStanding } from '../kit/standing';
import { anchorOf } from './form/anchor';
import { LIMITS } from './limits';
import { amendable, offers } from './steps';
import type { TabProps } from './tabs/props';

type Asking = 'suspend' | 'delist';

/** What may be done with a market as a whole: open, publish, suspend, resume, take off the list; the last two say why. */
export function Lifecycle({ market, refetch }: TabProps) {
  const t = useT();
  const { slug, can } = useSession();
  const tell = useTell();
  const [asking, setAsking] = useState<Asking | null>(null);
  const [list, listing] = useAction(ListMarketDocument);
  const [resume, resuming] = useAction(ResumeMarketDocument);
  const [suspend] = useAction(SuspendMarketDocument);
  const [delist] = useAction(DelistMarketDocument);
  const [open, opening] = useAction(OpenMarketDocument);
  const standing = useStanding('status');
  const { id, version, status } = market;

  /** To the field that the refusal names, for whoever may fill it in. */
  const wayTo = (field: string | null) => {
    const anchor = anchorOf(field);
    if (!anchor || !amendable(status) || !can('market.amend')) return null;
    return (
      <Link to="/$slug/markets/$id/edit" params={{ slug, id }} hash={anchor}>
        {t('market.toField')}
      </Link>
    );
  };
  const step = async (run: typeof list | typeof resume | typeof open, done: string) => {
    const outcome = await run({ id, version });
    tell(standing<unknown>(outcome), done, wayTo(outcome.kind === 'refused' ? outcome.field : null));
    refetch();
  };
  const withReason = async (reason: string) => {
    const run = asking === 'delist' ? delist : suspend;
    const outcome = await run({ id, version, reason });
    // The dialog stays open with what stands now; asking again is asking for that.
    if (outcome.kind === 'refused') refetch();
    return standing<unknown>(outcome);
  };

  return (
    <>
      {amendable(status) && can('market.amend') ? (
        <LinkButton to="/$slug/markets/$id/edit" params={{ slug, id }}>
          {t('action.edit')}
        </LinkButton>
      ) : null}
      {offers(status, 'open') && can('market.plan') ? (
        <Button loading={opening} onClick={() => void step(open, t('market.opened'))}>
          {t('market.open')}
        </Button>
      ) : null}
      {offers(status, 'list') && can('market.list') ? (
        <Button type="primary" loading={listing} onClick={() => void step(list, t('market.listed'))}>
          {t('market.list')}
        </Button>
      ) : null}
      {offers(status, 'resume') && can('market.resume') ? (
        <Button type="primary" loading={resuming} onClick={() => void step(resume, t('market.resumed'))}>
          {t('market.resume')}
        </Button>
      ) : null}
      {offers(status, 'suspend') && can('market.suspend') ? (
        <Button onClick={() => setAsking('suspend')}>{t('market.suspend')}</Button>
      ) : null}
      {offers(status, 'delist') && can('market.delist') ? (
        <Button danger onClick={() => setAsking('delist')}>
          {t('market.delist')}
        </Button>
      ) : null}
      {asking ? (
        <ReasonDialog
          name="lifecycle"
          danger={asking === 'delist'}
          title={t(`market.${asking}Title`, { name: market.displayName })}
          text={t(`market.${asking}Text`)}
          hint={t('form.reasonHint')}
          max={LIMITS.reason}
          submitText={t(`market.${asking}`)}
          onClose={() => setAsking(null)}
          onDone={refetch}
          onSubmit={withReason}
        />
      ) : null}
    </>
  );
}
