import { Link } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { FreezeReturnDocument, ListedNowDocument, SubmitReturnDocument, UnfreezeReturnDocument } from '../gql/graphql';
import { useTell } from '../kit/feedback';
import { FormDialog } from '../kit/form';
import { useFormat } from '../kit/format';
import { ReasonDialog } from '../kit/reason';
import { useRequired } from '../kit/rules';
import { useStanding } from '../kit/standing';
import type { Return } from './page';

interface Props {
  item: Return;
  refetch: () => void;
}

/** The next step of a return, and the way back. */
export function ReturnActions({ item, refetch }: Props) {
  const t = useT();
  const required = useRequired();
  const { can, slug, viewer } = useSession();
  const tell = useTell();
  const [dialog, setDialog] = useState<'freeze' | 'unfreeze' | null>(null);
  const [freeze] = useAction(FreezeReturnDocument);
  const [unfreeze] = useAction(UnfreezeReturnDocument);
  const [submit, submitting] = useAction(SubmitReturnDocument);
  const standing = useStanding('return');
  const format = useFormat();
  const [listed] = useQuery({ query: ListedNowDocument, requestPolicy: 'network-only' });
  const { id, version, year, status } = item;
  const mayFreeze = (status === 'OPEN' || status === 'RETURNED') && can('return.freeze');
  const frozen = status === 'FROZEN';
  if (!mayFreeze && !(frozen && (can('return.unfreeze') || can('return.submit')))) return null;

  const handIn = async () => {
    const outcome = await submit({ id, version });
    tell(standing<unknown>(outcome), t('returns.submitted'));
    refetch();
  };

  return (
    <section className="card" aria-labelledby="next-step">
      <h2 id="next-step">{t('returns.next')}</h2>
      {mayFreeze ? (
        <p>
          {t('returns.freezeText', { n: format.number(listed.data?.markets?.totalCount) })}{' '}
          <Link to="/$slug/markets" params={{ slug }} search={{ status: 'LISTED' }}>
            {t('returns.seeListed')}
          </Link>
        </p>
      ) : (
        <p>{t('returns.submitText')}</p>
      )}
      <div className="actions">
        {mayFreeze ? (
          <Button type="primary" onClick={() => setDialog('freeze')}>
            {t('returns.freeze')}
          </Button>
        ) : null}
        {frozen && can('return.submit') ? (
          <Button type="primary" loading={submitting} onClick={() => void handIn()}>
            {t('returns.submit')}
          </Button>
        ) : null}
        {frozen && can('return.unfreeze') ? (
          <Button onClick={() => setDialog('unfreeze')}>{t('returns.unfreeze')}</Button>
        ) : null}
      </div>
      {dialog === 'freeze' ? (
        <FormDialog<{ filer: string; filerPhone: string }>
          name="freeze"
          title={t('returns.freezeTitle', { year })}
          submitText={t('returns.freeze')}
          initial={{ filer: item.filer ?? viewer.account.displayName }}
          onClose={() => setDialog(null)}
          onDone={refetch}
          onSubmit={async (input) => standing<unknown>(await freeze({ year, input }))}
        >
          <p>{t('returns.freezeNote', { n: format.number(listed.data?.markets?.totalCount) })}</p>
          <Form.Item name="filer" label={t('returns.filer')} rules={required(t('returns.filer'))}>
            <Input maxLength={50} autoComplete="name" />
          </Form.Item>
          <Form.Item name="filerPhone" label={t('returns.filerPhone')} rules={required(t('returns.filerPhone'))}>
            <Input maxLength={20} inputMode="tel" autoComplete="tel" />
          </Form.Item>
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
