import { Alert, Button, Modal } from 'antd';
import { useRef, useState } from 'react';
import { copyText } from '../../copy';
import { useT } from '../app/i18n';
import { useReturnFocus } from './focus';

interface Props {
  title: string;
  hint: string;
  secret: string;
  onClose: () => void;
}

/** A secret that is shown once: a new key, a one-time password. */
export function SecretOnce({ title, hint, secret, onClose }: Props) {
  const t = useT();
  useReturnFocus();
  const shown = useRef<HTMLElement>(null);
  const [copied, setCopied] = useState('');
  const copy = async () => {
    if (shown.current) setCopied(t((await copyText(secret, shown.current)) ? 'keys.copied' : 'keys.copyByHand'));
  };
  return (
    <Modal
      open
      title={title}
      destroyOnHidden
      onCancel={onClose}
      footer={<Button onClick={onClose}>{t('keys.secretKept')}</Button>}
      mask={{ closable: false }}
    >
      <Alert type="warning" showIcon title={hint} />
      <p>
        <code className="secret" ref={shown}>
          {secret}
        </code>
      </p>
      <Button onClick={() => void copy()}>{t('keys.copy')}</Button> <span role="status">{copied}</span>
    </Modal>
  );
}
