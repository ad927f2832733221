import { Form } from 'antd';
import { useRef, useState } from 'react';
import { useClient } from 'urql';
import { useT } from '../app/i18n';
import { Act, type Outcome } from '../app/outcome';
import type { UploadPurpose } from '../gql/graphql';
import { sendFile } from '../imports/upload';

/** One file that goes along with a form: chosen in it, sent before it. */
export function useFile(purpose: UploadPurpose) {
  const client = useClient();
  const act = useRef(new Act());
  const [file, setFile] = useState<File | null>(null);
  const send = async (): Promise<Outcome<{ id: string | null }>> =>
    file ? sendFile(client, file, purpose, act.current) : { kind: 'done', value: { id: null } };
  return { setFile, send };
}

/** A picture or a scan of a paper. */
const PAPERS = 'application/pdf,image/png,image/jpeg,image/webp';

interface ItemProps {
  name: string | (string | number)[];
  label: string;
  hint: string;
  required?: boolean;
}

/** A paper that is a value of its form, as the file that was chosen. */
export function PaperItem({ name, label, hint, required = false }: ItemProps) {
  const t = useT();
  return (
    <Form.Item
      name={name}
      label={label}
      extra={hint}
      // A control of files shows what was chosen by itself, and nobody may choose for it.
      getValueProps={() => ({})}
      getValueFromEvent={(event: { target: HTMLInputElement }) => event.target.files?.[0] ?? null}
      rules={required ? [{ required, message: t('form.required', { field: label }) }] : []}
      data-stop
    >
      <input type="file" className="file" accept={PAPERS} />
    </Form.Item>
  );
}

interface Props {
  /** The id of its control, by which a refusal finds it: `form_field`. */
  id: string;
  label: string;
  hint?: string;
  onChoose: (file: File | null) => void;
}

/** A paper: a picture or a scan of it. */
export function PaperField({ id, label, hint, onChoose }: Props) {
  return (
    <Form.Item label={label} htmlFor={id} extra={hint}>
      <input
        id={id}
        type="file"
        className="file"
        accept={PAPERS}
        onChange={(e) => onChoose(e.target.files?.[0] ?? null)}
      />
    </Form.Item>
  );
}
