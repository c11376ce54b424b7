import { render } from 'preact';
import { begin } from './live/store';
import { App } from './view/App';
import { announce } from './live/announce';
import './style.css';

const page = document.getElementById('page');
if (page) {
  render(<App />, page);
  announce();
  void begin();
}
