import { Alert, Button, Modal } from 'antd';
import { useState } from 'react';
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
  const [copied, setCopied] = useState(false);
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
        <code className="secret">{secret}</code>
      </p>
      {'clipboard' in navigator ? (
        <Button onClick={() => void navigator.clipboard.writeText(secret).then(() => setCopied(true))}>
          {t('keys.copy')}
        </Button>
      ) : null}{' '}
      <span role="status">{copied ? t('keys.copied') : ''}</span>
    </Modal>
  );
}
