import { Alert, Form, Input, Radio } from 'antd';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { type PostingWholeFragment, type ReviewDecision, ReviewPostingDocument } from '../gql/graphql';
import { TermSelect } from '../kit/choice';
import { useTell } from '../kit/feedback';
import { FormDialog } from '../kit/form';
import { RowList } from '../kit/row-list';
import { useRequired } from '../kit/rules';
import { useStanding } from '../kit/standing';
import { PostingFacts, Shifts } from './facts';
import { Findings } from './findings';
import { textOf } from './texts';

interface Values {
  decision: ReviewDecision;
  remarks?: { field?: string; text: string }[];
}

interface Props {
  posting: PostingWholeFragment;
  onClose: () => void;
  refetch: () => void;
}

const FIELDS = ['title', 'duties', 'conditions', 'place', 'wageFen', 'payDay', 'payText', 'shifts', 'cover'] as const;

/** What the linter found, as remarks to begin with: the reviewer says all of it at once or strikes out what does not hold. */
const remarksOf = ({ findings }: PostingWholeFragment) =>
  findings
    .filter(({ severity }) => severity !== 'CANNOT_CHECK')
    .map(({ field, why, instead }) => ({ field, text: `${why}${instead}`.slice(0, 300) }));

/** A posting as it will be read, and the decision: it may be seen, or it goes back with all that is wrong (一次性告知). */
export function ReviewDialog({ posting, onClose, refetch }: Props) {
  const t = useT();
  const tell = useTell();
  const standing = useStanding('postingStatus');
  const [review] = useAction(ReviewPostingDocument);
  const blocked = posting.findings.some(({ severity }) => severity === 'BLOCKS');
  return (
    <FormDialog<Values>
      name="review"
      title={t('review.dialog', { title: posting.title })}
      submitText={t('review.decide')}
      width={860}
      initial={{ decision: blocked ? 'RETURN' : 'PUBLISH', remarks: blocked ? remarksOf(posting) : [{ text: '' }] }}
      onClose={onClose}
      onDone={refetch}
      onSubmit={async ({ decision, remarks }) => {
        const said = decision === 'RETURN' ? (remarks ?? []) : [];
        const outcome = await review({
          id: posting.id,
          version: posting.version,
          decision,
          remarks: said.map(({ field, text }) => ({ field: field ?? null, text: text.trim() })),
        });
        if (outcome.kind === 'done')
          tell(outcome, t(decision === 'PUBLISH' ? 'review.published' : 'review.returned', { title: posting.title }));
        else if (outcome.kind === 'refused') refetch();
        return standing<unknown>(outcome);
      }}
    >
      <PostingFacts posting={posting} />
      <Shifts posting={posting} />
      <h3>{t('lint.title')}</h3>
      <Findings findings={posting.findings} textOf={(field) => textOf(posting, field)} />
      <Decision blocked={blocked} />
    </FormDialog>
  );
}

function Decision({ blocked }: { blocked: boolean }) {
  const t = useT();
  const term = useTerm();
  const required = useRequired();
  const decision = Form.useWatch('decision') as ReviewDecision | undefined;
  return (
    <>
      <Form.Item name="decision" label={t('review.decision')} className="review-decision">
        <Radio.Group
          options={(['PUBLISH', 'RETURN'] as const).map((value) => ({
            value,
            label: term('reviewDecision', value),
          }))}
        />
      </Form.Item>
      {decision === 'PUBLISH' && blocked ? (
        <Alert className="gap" type="warning" showIcon title={t('review.blocked')} />
      ) : null}
      {decision === 'RETURN' ? (
        <fieldset className="plain" id="review_remarks">
          <legend>{t('review.remarks')}</legend>
          <p className="soft">{t('review.remarksHint')}</p>
          <RowList
            name="remarks"
            title={(n) => t('review.remark', { n })}
            removeText={(n) => t('review.removeRemark', { n })}
            addText={t('review.addRemark')}
            fresh={() => ({ text: '' })}
          >
            {(index) => (
              <>
                <Form.Item name={[index, 'field']} label={t('review.field')}>
                  <TermSelect group="postingField" values={FIELDS} allowClear placeholder={t('review.whole')} />
                </Form.Item>
                <Form.Item name={[index, 'text']} label={t('review.text')} rules={required(t('review.text'))}>
                  <Input.TextArea rows={2} maxLength={300} />
                </Form.Item>
              </>
            )}
          </RowList>
        </fieldset>
      ) : null}
    </>
  );
}
