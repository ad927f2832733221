import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { type AccountPageQuery, ErasePersonalDataDocument, ExportPersonalDataDocument } from '../gql/graphql';
import { save } from '../kit/download';
import { useTell } from '../kit/feedback';
import { FormDialog } from '../kit/form';
import { Reason } from '../kit/reason';

interface Props {
  account: NonNullable<AccountPageQuery['account']>;
  refetch: () => void;
}

/** Handing out what is held about a person, and erasing it once the account is disabled. */
export function PersonalActions({ account, refetch }: Props) {
  const t = useT();
  const tell = useTell();
  const { can } = useSession();
  const [asking, setAsking] = useState<'export' | 'erase' | null>(null);
  const [exportData] = useAction(ExportPersonalDataDocument);
  const [erase] = useAction(ErasePersonalDataDocument);
  const { id, version, status, displayName } = account;

  const handOut = async (reason: string) => {
    const outcome = await exportData({ account: id, reason });
    if (outcome.kind === 'done') save(outcome.value.url, outcome.value.fileName);
    return outcome;
  };
  const act = async (reason: string) => {
    if (asking === 'export') return handOut(reason);
    const outcome = await erase({ id, version, reason });
    if (outcome.kind === 'done') tell(outcome, t('personal.erased'));
    return outcome;
  };

  return (
    <>
      {can('account.export') ? (
        <Button icon={<DownloadOutlined />} aria-haspopup="dialog" onClick={() => setAsking('export')}>
          {t('personal.export')}
        </Button>
      ) : null}
      {status === 'DISABLED' && can('account.erase') ? (
        <Button danger aria-haspopup="dialog" onClick={() => setAsking('erase')}>
          {t('personal.erase')}
        </Button>
      ) : null}
      {asking ? (
        <FormDialog<{ reason: string }>
          name="personal"
          danger={asking === 'erase'}
          title={t(`personal.${asking}Title`, { name: displayName })}
          submitText={t(`personal.${asking}`)}
          onClose={() => setAsking(null)}
          onDone={refetch}
          onSubmit={({ reason }) => act(reason.trim())}
        >
          <p>{t(`personal.${asking}Text`)}</p>
          <Reason hint={t('reveal.reasonHint')} least={4} max={200} />
        </FormDialog>
      ) : null}
    </>
  );
}

/** The copy of what is held about oneself: nobody is asked why. */
export function OwnCopy() {
  const t = useT();
  const tell = useTell();
  const { viewer } = useSession();
  const [exportData, busy] = useAction(ExportPersonalDataDocument);
  const run = async () => {
    const outcome = await exportData({ account: viewer.account.id });
    tell(outcome);
    if (outcome.kind === 'done') save(outcome.value.url, outcome.value.fileName);
  };
  return (
    <section className="card narrow" aria-labelledby="own-copy">
      <h2 id="own-copy">{t('personal.own')}</h2>
      <p>{t('personal.ownText')}</p>
      <Button icon={<DownloadOutlined />} loading={busy} onClick={() => void run()}>
        {t('personal.export')}
      </Button>
    </section>
  );
}
