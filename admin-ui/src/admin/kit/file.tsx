import { Form } from 'antd';
import { useRef, useState } from 'react';
import { useClient } from 'urql';
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
        accept="application/pdf,image/png,image/jpeg,image/webp"
        onChange={(e) => onChoose(e.target.files?.[0] ?? null)}
      />
    </Form.Item>
  );
}
