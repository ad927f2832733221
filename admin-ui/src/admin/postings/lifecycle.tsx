import { Button } from 'antd';
import { useState } from 'react';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  ClosePostingDocument,
  ConfirmPostingDocument,
  type PostingWholeFragment,
  SubmitPostingDocument,
} from '../gql/graphql';
import { useTell } from '../kit/feedback';
import { LinkButton } from '../kit/link';
import { useStanding } from '../kit/standing';
import { LiftDialog, RepeatDialog, TakeDownDialog, WithdrawDialog } from './dialogs';
import { ReviewDialog } from './review-dialog';
import { allows, awaitsReview } from './steps';
import { KeepAsTemplate } from './template-dialog';

interface Props {
  posting: PostingWholeFragment;
  refetch: () => void;
}

type Asking = 'withdraw' | 'takeDown' | 'lift' | 'repeat' | 'review' | 'template';

/** What may be done with a posting; what takes it out of sight says why. */
export function PostingActions({ posting, refetch }: Props) {
  const { can, slug } = useSession();
  const t = useT();
  const [asking, setAsking] = useState<Asking | null>(null);
  const { status } = posting;
  const close = () => setAsking(null);
  const dialog = { posting, onClose: close, refetch };
  return (
    <>
      {allows(status, 'amend') && can('posting.create') ? (
        <LinkButton to="/$slug/postings/$id/edit" params={{ slug, id: posting.id }}>
          {t('action.edit')}
        </LinkButton>
      ) : null}
      <Steps posting={posting} refetch={refetch} />
      {awaitsReview(posting) && can('posting.review') ? (
        <Button type="primary" onClick={() => setAsking('review')}>
          {t('postings.review')}
        </Button>
      ) : null}
      {status !== 'DRAFT' && can('posting.create') ? (
        <Button onClick={() => setAsking('repeat')}>{t('postings.repeat')}</Button>
      ) : null}
      {can('posting.template') ? <Button onClick={() => setAsking('template')}>{t('templates.keep')}</Button> : null}
      {allows(status, 'withdraw') && can('posting.withdraw') ? (
        <Button onClick={() => setAsking('withdraw')}>{t('postings.withdraw')}</Button>
      ) : null}
      {allows(status, 'takeDown') && can('posting.take_down') ? (
        <Button danger onClick={() => setAsking('takeDown')}>
          {t('postings.takeDown')}
        </Button>
      ) : null}
      {allows(status, 'lift') && can('posting.lift_take_down') ? (
        <Button onClick={() => setAsking('lift')}>{t('postings.lift')}</Button>
      ) : null}
      {asking === 'lift' ? <LiftDialog {...dialog} /> : null}
      {asking === 'withdraw' ? <WithdrawDialog {...dialog} /> : null}
      {asking === 'takeDown' ? <TakeDownDialog {...dialog} /> : null}
      {asking === 'repeat' ? <RepeatDialog {...dialog} /> : null}
      {asking === 'review' ? <ReviewDialog {...dialog} /> : null}
      {asking === 'template' ? <KeepAsTemplate posting={posting} onClose={close} /> : null}
    </>
  );
}

/** The steps that ask for nothing. */
function Steps({ posting: { id, version, status }, refetch }: Props) {
  const t = useT();
  const tell = useTell();
  const { can } = useSession();
  const standing = useStanding('postingStatus');
  const [submit, submitting] = useAction(SubmitPostingDocument);
  const [closing, isClosing] = useAction(ClosePostingDocument);
  const [confirm, confirming] = useAction(ConfirmPostingDocument);
  const step = async (run: typeof submit | typeof closing, done: string) => {
    tell(standing<unknown>(await run({ id, version })), done);
    refetch();
  };
  return (
    <>
      {allows(status, 'submit') && can('posting.create') ? (
        <Button type="primary" loading={submitting} onClick={() => void step(submit, t('postings.submitted'))}>
          {t('postings.submit')}
        </Button>
      ) : null}
      {allows(status, 'confirm') && can('posting.create') ? (
        <Button
          loading={confirming}
          onClick={() =>
            void confirm({ id }).then((outcome) => {
              tell(outcome, t('postings.confirmed'));
              refetch();
            })
          }
        >
          {t('postings.confirm')}
        </Button>
      ) : null}
      {allows(status, 'close') && can('posting.withdraw') ? (
        <Button loading={isClosing} onClick={() => void step(closing, t('postings.closed'))}>
          {t('postings.close')}
        </Button>
      ) : null}
    </>
  );
}
