import { Button } from 'antd';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { AcceptAgreementDocument, type Side } from '../gql/graphql';
import { Fact } from '../kit/facts';
import { useTell } from '../kit/feedback';
import { useFormat } from '../kit/format';

interface Props {
  engagementId: string;
  agreement: { acceptedByPartyAt: string | null; acceptedByWorkerAt: string | null };
  onDone: () => void;
}

/** The written agreement on over-age work (超龄用工协议): both sides accept it before the arrival, and the staff may write it down. */
export function Agreement({ engagementId, agreement, onDone }: Props) {
  const t = useT();
  return (
    <>
      <Fact label={t('engage.agreementParty')}>
        <Answer engagementId={engagementId} side="PARTY" at={agreement.acceptedByPartyAt} onDone={onDone} />
      </Fact>
      <Fact label={t('engage.agreementWorker')}>
        <Answer engagementId={engagementId} side="WORKER" at={agreement.acceptedByWorkerAt} onDone={onDone} />
      </Fact>
    </>
  );
}

interface AnswerProps {
  engagementId: string;
  side: Side;
  at: string | null;
  onDone: () => void;
}

function Answer({ engagementId, side, at, onDone }: AnswerProps) {
  const t = useT();
  const tell = useTell();
  const format = useFormat();
  const { can } = useSession();
  const [accept, busy] = useAction(AcceptAgreementDocument);
  if (at) return format.dateTime(at);
  if (!can('engagement.talk')) return t('engage.notYet');
  return (
    <Button
      size="small"
      loading={busy}
      aria-label={t('engage.acceptOne', { side: t(`side.${side}`) })}
      onClick={() =>
        void accept({ id: engagementId, behalf: side }).then((outcome) => {
          tell(outcome, t('engage.accepted'));
          onDone();
        })
      }
    >
      {t('engage.accept')}
    </Button>
  );
}
