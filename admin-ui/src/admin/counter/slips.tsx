import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useT } from '../app/i18n';
import { type Outcome, useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { ExportWorkSlipDocument, PrintRegistrationSlipDocument } from '../gql/graphql';
import { save } from '../kit/download';
import { useTell } from '../kit/feedback';
import { Key } from '../kit/key';
import { useKeys } from '../kit/keys';

/** Hands a slip to the browser, which shows it or gives it to the printer. */
function useSlip() {
  const tell = useTell();
  const t = useT();
  return (outcome: Outcome<{ url: string; fileName: string }>) => {
    if (tell(outcome, t('counter.slipReady')) && outcome.kind === 'done')
      save(outcome.value.url, outcome.value.fileName);
  };
}

/** 用工单: who, what, where, when, for how much. */
export function WorkSlipButton({
  engagementId,
  hotkey,
  focus,
}: {
  engagementId: string;
  hotkey?: boolean;
  focus?: boolean;
}) {
  const t = useT();
  const [run, busy] = useAction(ExportWorkSlipDocument);
  const slip = useSlip();
  const print = () => void run({ id: engagementId }).then(slip);
  useKeys({ F9: hotkey && !busy ? print : undefined });
  return (
    <Button
      icon={<PrinterOutlined />}
      loading={busy}
      {...(focus ? { type: 'primary', autoFocus: true } : {})}
      {...(hotkey ? { 'aria-keyshortcuts': 'F9' } : {})}
      onClick={print}
    >
      {t('counter.workSlip')} {hotkey ? <Key name="F9" /> : null}
    </Button>
  );
}

/** 登记凭证: what stands for the registration where there is no telephone. */
export function RegistrationSlipButton({ workerId, hotkey }: { workerId: string; hotkey?: boolean }) {
  const t = useT();
  const { can } = useSession();
  const [run, busy] = useAction(PrintRegistrationSlipDocument);
  const slip = useSlip();
  const may = can('worker.slip');
  const print = () => void run({ workerId }).then(slip);
  useKeys({ F9: may && hotkey && !busy ? print : undefined });
  return may ? (
    <Button
      icon={<PrinterOutlined />}
      loading={busy}
      {...(hotkey ? { 'aria-keyshortcuts': 'F9' } : {})}
      onClick={print}
    >
      {t('counter.registrationSlip')} {hotkey ? <Key name="F9" /> : null}
    </Button>
  ) : null;
}
