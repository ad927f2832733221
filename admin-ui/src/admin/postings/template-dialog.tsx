import { Form, Input } from 'antd';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { type PostingWholeFragment, SavePostingTemplateDocument } from '../gql/graphql';
import { useTell } from '../kit/feedback';
import { FormDialog } from '../kit/form';
import { useRequired } from '../kit/rules';
import { fromPosting, toPostingInput } from './form/values';

interface Props {
  posting: PostingWholeFragment;
  onClose: () => void;
}

/** Keeps a posting as a template of its party, to be filled in again with one press. */
export function KeepAsTemplate({ posting, onClose }: Props) {
  const t = useT();
  const tell = useTell();
  const required = useRequired();
  const [save] = useAction(SavePostingTemplateDocument);
  return (
    <FormDialog<{ name: string }>
      name="template"
      title={t('templates.keep')}
      initial={{ name: posting.title }}
      onClose={onClose}
      onDone={(outcome) => tell(outcome, t('templates.kept'))}
      onSubmit={({ name }) =>
        save({ id: null, version: null, name: name.trim(), input: toPostingInput(fromPosting(posting)) })
      }
    >
      <p>{t('templates.keepText', { party: posting.partyName })}</p>
      <Form.Item name="name" label={t('templates.name')} rules={required(t('templates.name'))}>
        <Input maxLength={40} />
      </Form.Item>
    </FormDialog>
  );
}
