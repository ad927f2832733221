import { Button } from 'antd';
import { useState } from 'react';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { SubmitReturnDocument, UnfreezeReturnDocument } from '../gql/graphql';
import { useTell } from '../kit/feedback';
import { FormDialog } from '../kit/form';
import { ReasonDialog } from '../kit/reason';
import { useStanding } from '../kit/standing';
import { FreezeDialog, ToFreeze } from './freeze';
import type { Return } from './page';

interface Props {
  item: Return;
  refetch: () => void;
}

/** The next step of a return, and the way back. */
export function ReturnActions({ item, refetch }: Props) {
  const t = useT();
  const { can } = useSession();
  const tell = useTell();
  const [dialog, setDialog] = useState<'freeze' | 'submit' | 'unfreeze' | null>(null);
  const [unfreeze] = useAction(UnfreezeReturnDocument);
  const [submit] = useAction(SubmitReturnDocument);
  const standing = useStanding('return');
  const { id, version, status } = item;
  const mayFreeze = (status === 'OPEN' || status === 'RETURNED') && can('return.freeze');
  const frozen = status === 'FROZEN';
  if (!mayFreeze && !(frozen && (can('return.unfreeze') || can('return.submit')))) return null;

  const handIn = async () => {
    const outcome = await submit({ id, version });
    if (outcome.kind === 'done') tell(outcome, t('returns.submitted'));
    refetch();
    return standing<unknown>(outcome);
  };

  return (
    <section className="card" aria-labelledby="next-step">
      <h2 id="next-step">{t('returns.next')}</h2>
      {mayFreeze ? <ToFreeze text="returns.freezeText" /> : <p>{t('returns.submitText')}</p>}
      <div className="actions">
        {mayFreeze ? (
          <Button type="primary" onClick={() => setDialog('freeze')}>
            {t('returns.freeze')}
          </Button>
        ) : null}
        {frozen && can('return.submit') ? (
          <Button type="primary" onClick={() => setDialog('submit')}>
            {t('returns.submit')}
          </Button>
        ) : null}
        {frozen && can('return.unfreeze') ? (
          <Button onClick={() => setDialog('unfreeze')}>{t('returns.unfreeze')}</Button>
        ) : null}
      </div>
      {dialog === 'freeze' ? <FreezeDialog item={item} refetch={refetch} onClose={() => setDialog(null)} /> : null}
      {dialog === 'submit' ? (
        <FormDialog
          name="submit"
          title={t('returns.submitTitle', { year: item.year })}
          submitText={t('returns.submit')}
          onClose={() => setDialog(null)}
          onSubmit={handIn}
        >
          <p>{t('returns.submitNote', { n: item.rowCount })}</p>
        </FormDialog>
      ) : null}
      {dialog === 'unfreeze' ? (
        <ReasonDialog
          name="unfreeze"
          danger={false}
          title={t('returns.unfreezeTitle')}
          text={t('returns.unfreezeText')}
          submitText={t('returns.unfreeze')}
          onClose={() => setDialog(null)}
          onDone={refetch}
          onSubmit={async (reason) => {
            const outcome = await unfreeze({ id, version, reason });
            if (outcome.kind === 'refused') refetch();
            return standing<unknown>(outcome);
          }}
        />
      ) : null}
    </section>
  );
}
