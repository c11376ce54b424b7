import { render } from 'preact';
import { begin } from './live/store';
import { App } from './view/App';
import { announce } from './live/announce';
import { wear } from './lib/theme';
import './style.css';
import './base.css';

const page = document.getElementById('page');
if (page) {
  wear();
  render(<App />, page);
  announce();
  void begin();
}
