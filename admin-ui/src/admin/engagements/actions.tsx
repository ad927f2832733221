import { EllipsisOutlined } from '@ant-design/icons';
import { Button, Dropdown, Space } from 'antd';
import { useRef, useState } from 'react';
import { useT } from '../app/i18n';
import { type Outcome, useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  AgreeEngagementDocument,
  CompleteEngagementDocument,
  ConfirmEngagementDocument,
  DeclineEngagementDocument,
  MarkContactedDocument,
  RecordArrivalDocument,
  RecordNoShowDocument,
} from '../gql/graphql';
import { useTell } from '../kit/feedback';
import { useFocusKept } from '../kit/focus';
import { useStanding } from '../kit/standing';
import { ActDialog, type Dialog, type Row } from './dialogs';
import { type Act, actsOf } from './steps';

interface Props {
  row: Row;
  refetch: () => void;
  /** All of them as buttons, where there is room for it. */
  wide?: boolean;
}

/** What is done at once, without asking for anything more. */
function useAtOnce() {
  const [contact] = useAction(MarkContactedDocument);
  const [agree] = useAction(AgreeEngagementDocument);
  const [confirm] = useAction(ConfirmEngagementDocument);
  const [decline] = useAction(DeclineEngagementDocument);
  const [arrive] = useAction(RecordArrivalDocument);
  const [noShow] = useAction(RecordNoShowDocument);
  const [complete] = useAction(CompleteEngagementDocument);
  return (act: Act, at: { id: string; version: number }): Promise<Outcome<unknown>> | null => {
    switch (act) {
      case 'contact':
        return contact(at);
      case 'agree':
        return agree(at);
      case 'confirm':
        return confirm({ ...at, certificateSeen: null });
      case 'decline':
        return decline(at);
      case 'arrive':
        return arrive(at);
      case 'noShow':
        return noShow(at);
      case 'complete':
        return complete(at);
      default:
        return null;
    }
  };
}

/** The next step of an engagement in one press, the others behind it. */
export function EngagementActions({ row, refetch, wide }: Props) {
  const t = useT();
  const tell = useTell();
  const standing = useStanding('engagement');
  const { can } = useSession();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const [busy, setBusy] = useState(false);
  const atOnce = useAtOnce();
  const box = useRef<HTMLSpanElement>(null);
  useFocusKept(box);
  const acts = actsOf(row, can);
  const name = row.workerName ?? t('engage.nobody');

  const run = async (act: Act) => {
    setBusy(true);
    const outcome = await atOnce(act, { id: row.id, version: row.version });
    setBusy(false);
    if (!outcome) return setDialog(act as Dialog);
    // Whoever confirms must have looked at the certificate: asked only where the trade wants one.
    if (outcome.kind === 'refused' && outcome.code === 'CERTIFICATE_MISSING') return setDialog('certificate');
    tell(standing(outcome), t(`engage.done.${act}` as 'engage.done.arrive'));
    refetch();
  };
  const button = (act: Act, n: number) => (
    <Button
      // The next step takes the place of the one that was taken, and its focus.
      key={n === 0 ? 'first' : act}
      size={wide ? 'middle' : 'small'}
      loading={busy && n === 0}
      type={n === 0 && wide ? 'primary' : 'default'}
      aria-label={wide ? t(`engage.act.${act}`) : t('engage.actOne', { act: t(`engage.act.${act}`), name })}
      onClick={() => void run(act)}
    >
      {t(`engage.act.${act}`)}
    </Button>
  );
  const [first, ...others] = acts;
  return (
    <span ref={box}>
      <Space size={4} wrap>
        {wide ? acts.map(button) : first ? button(first, 0) : null}
        {!wide && others.length > 0 ? <Others acts={others} name={name} onAct={(act) => void run(act)} /> : null}
      </Space>
      {dialog ? <ActDialog what={dialog} row={row} onClose={() => setDialog(null)} onDone={refetch} /> : null}
    </span>
  );
}

/** What else can be done, in a menu. */
function Others({ acts, name, onAct }: { acts: Act[]; name: string; onAct: (act: Act) => void }) {
  const t = useT();
  return (
    <Dropdown
      trigger={['click']}
      autoFocus
      menu={{
        items: acts.map((act) => ({ key: act, label: t(`engage.act.${act}`) })),
        onClick: ({ key, domEvent }) => {
          // The same press of Enter must not go on into the dialog that opens.
          domEvent.preventDefault();
          onAct(key as Act);
        },
      }}
    >
      <Button size="small" icon={<EllipsisOutlined />} aria-haspopup="menu" aria-label={t('engage.more', { name })} />
    </Dropdown>
  );
}
