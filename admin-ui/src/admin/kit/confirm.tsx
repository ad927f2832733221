import { Button, Popconfirm } from 'antd';
import { useRef, useState } from 'react';
import { useT } from '../app/i18n';
import { focusHeading } from './focus';

interface Props {
  /** What is asked before it is done. */
  ask: string;
  /** The button, in one word, and in full for who cannot see its row. */
  text: string;
  label: string;
  /** Small beside a row, as large as the others among the actions of a page. */
  size?: 'small' | 'middle';
  onConfirm: () => Promise<void>;
}

/** A button that asks once more. The question takes the focus, with the way back first, and gives it back. */
export function ConfirmButton({ ask, text, label, size = 'small', onConfirm }: Props) {
  const t = useT();
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
    requestAnimationFrame(() => button.current?.focus());
  };
  return (
    <Popconfirm
      title={ask}
      open={open}
      okText={text}
      okButtonProps={{ danger: true }}
      cancelText={t('action.cancel')}
      cancelButtonProps={{ autoFocus: true }}
      destroyOnHidden
      onOpenChange={(next) => (next ? setOpen(true) : close())}
      onCancel={close}
      onConfirm={async () => {
        setOpen(false);
        await onConfirm();
        // Its row may be gone, and the button with it.
        requestAnimationFrame(() => (button.current?.isConnected ? button.current.focus() : focusHeading()));
      }}
    >
      <Button ref={button} size={size} danger aria-label={label} aria-haspopup="dialog" aria-expanded={open}>
        {text}
      </Button>
    </Popconfirm>
  );
}
