import { Button } from 'antd';
import { useState } from 'react';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  ConfirmHiringDocument,
  GrantFastLaneDocument,
  type PartyWholeFragment,
  VerifyPartyDocument,
} from '../gql/graphql';
import { useTell } from '../kit/feedback';
import { LinkButton } from '../kit/link';
import { useStanding } from '../kit/standing';
import { AmendDialog } from './amend';
import { CloseDialog, LiftDialog, RecheckDialog, RejectDialog, SuspendDialog } from './dialogs';
import { PledgeDialog } from './pledge';

interface Props {
  party: PartyWholeFragment;
  refetch: () => void;
}

const DIALOGS = {
  amend: AmendDialog,
  reject: RejectDialog,
  suspend: SuspendDialog,
  lift: LiftDialog,
  close: CloseDialog,
  pledge: PledgeDialog,
  recheck: RecheckDialog,
};
type Asking = keyof typeof DIALOGS;

/** What may be done with a hiring party in which state, as `server/people/src/parties/rules/life.rs` has it. */
function useOffers({ status, pledged, fastLane, fastLaneLostUntil }: PartyWholeFragment) {
  const { can } = useSession();
  const open = status !== 'CLOSED';
  const waits = status === 'PENDING' || status === 'REJECTED';
  return {
    verify: waits && can('party.verify'),
    reject: status === 'PENDING' && can('party.verify'),
    pledge: open && !pledged && can('party.pledge'),
    fastLane: status === 'VERIFIED' && pledged && !fastLane && !fastLaneLostUntil && can('party.fast_lane'),
    confirm: open && status !== 'SUSPENDED' && can('party.confirm'),
    amend: open && can('party.amend'),
    recheck: status === 'VERIFIED' && can('party.recheck'),
    suspend: status === 'VERIFIED' && can('party.suspend'),
    lift: status === 'SUSPENDED' && can('party.suspend'),
    close: open && can('party.close'),
    post: status === 'VERIFIED' && can('posting.create'),
  };
}

export function PartyActions({ party, refetch }: Props) {
  const t = useT();
  const { slug } = useSession();
  const offers = useOffers(party);
  const [asking, setAsking] = useState<Asking | null>(null);
  const Dialog = asking ? DIALOGS[asking] : null;
  return (
    <>
      {offers.post ? (
        <LinkButton to="/$slug/postings/new" params={{ slug }} search={{ party: party.id }}>
          {t('postings.new')}
        </LinkButton>
      ) : null}
      <Steps party={party} refetch={refetch} />
      {(['reject', 'pledge', 'amend', 'recheck', 'lift'] as const).map((key) =>
        offers[key] ? (
          <Button key={key} onClick={() => setAsking(key)}>
            {t(`parties.${key}`)}
          </Button>
        ) : null,
      )}
      {(['suspend', 'close'] as const).map((key) =>
        offers[key] ? (
          <Button key={key} danger onClick={() => setAsking(key)}>
            {t(`parties.${key}`)}
          </Button>
        ) : null,
      )}
      {Dialog ? <Dialog party={party} onClose={() => setAsking(null)} refetch={refetch} /> : null}
    </>
  );
}

/** The steps that ask for nothing. */
function Steps({ party, refetch }: Props) {
  const t = useT();
  const tell = useTell();
  const offers = useOffers(party);
  const standing = useStanding('partyStatus');
  const [verify, verifying] = useAction(VerifyPartyDocument);
  const [grant, granting] = useAction(GrantFastLaneDocument);
  const [confirm, confirming] = useAction(ConfirmHiringDocument);
  const { id, version } = party;
  const step = async (run: typeof verify | typeof grant, done: string) => {
    tell(standing<unknown>(await run({ id, version })), done);
    refetch();
  };
  return (
    <>
      {offers.verify ? (
        <Button
          type={party.missingSteps?.length ? 'default' : 'primary'}
          loading={verifying}
          onClick={() => void step(verify, t('parties.isVerified'))}
        >
          {t('parties.verify')}
        </Button>
      ) : null}
      {offers.fastLane ? (
        <Button loading={granting} onClick={() => void step(grant, t('parties.laneGranted'))}>
          {t('parties.grantLane')}
        </Button>
      ) : null}
      {offers.confirm ? (
        <Button
          loading={confirming}
          onClick={() =>
            void confirm({ id }).then((outcome) => {
              tell(outcome, t('parties.confirmed'));
              refetch();
            })
          }
        >
          {t('parties.confirm')}
        </Button>
      ) : null}
    </>
  );
}
